import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need, Right } from "./needs.ts";

export type WorkQueueProps = {
  /** Of the function that consumes it. */
  readonly timeout: Duration;
  readonly alarms: Alarms;
  /** What stands still while messages are dead, for whoever the alarm wakes. */
  readonly consequence: string;
};

export type Consumption = {
  readonly batchSize: number;
  /** Functions at once, so that a flood does not eat another service's quota. */
  readonly maxConcurrency?: number;
  /** The function answers which messages failed, instead of failing all. */
  readonly partialFailures?: boolean;
  /**
   * Gathers messages for so long, that many become one piece of work. In low traffic Lambda may wait up to 20 seconds
   * whatever is asked for here. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly gather?: Duration;
};

/** Work that must not get lost: five tries, then kept two weeks apart, with an alarm. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly #name: string;

  /** `id` is the work's name: `Issuance` makes IssuanceQueue and IssuanceDeadLetters. */
  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    this.#name = id;
    const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) };
    this.deadLetters = withLogicalId(new Queue(this, "DeadLetters", common), `${id}DeadLetters`);
    this.queue = withLogicalId(
      new Queue(this, "Queue", {
        ...common,
        // AWS asks for six times the function's timeout, so that a throttled try is not a second one.
        visibilityTimeout: Duration.seconds(props.timeout.toSeconds() * 6),
        deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
      }),
      `${id}Queue`,
    );
    props.alarms.add(`${id}DeadLettersAlarm`, {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: props.consequence,
    });
  }

  /** What the operator function needs to look at it. */
  get description(): { name: string; queue: string; deadLetters: string } {
    return { name: this.#name.toLowerCase(), queue: this.queue.queueUrl, deadLetters: this.deadLetters.queueUrl };
  }

  get send(): Need {
    return {
      value: this.queue.queueUrl,
      rights: [{ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }],
    };
  }

  /** Also counts the messages that wait, without reading them. */
  get sendAndCount(): Need {
    return { ...this.send, rights: [...this.send.rights, count(this.queue)] };
  }

  /** Counts the messages that wait and the dead ones. */
  get countAll(): Right {
    return count(this.queue, this.deadLetters);
  }

  consumedBy(handler: Handler, { batchSize, maxConcurrency, partialFailures, gather }: Consumption): void {
    handler.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize,
        reportBatchItemFailures: partialFailures ?? false,
        ...(maxConcurrency === undefined ? {} : { maxConcurrency }),
        ...(gather === undefined ? {} : { maxBatchingWindow: gather }),
      }),
    );
  }
}

const count = (...queues: readonly Queue[]): Right => ({
  actions: ["sqs:GetQueueAttributes"],
  resources: queues.map((queue) => queue.queueArn),
});
