import { Aws, type CfnCondition, Duration, Fn } from "aws-cdk-lib";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { CfnFunction } from "aws-cdk-lib/aws-lambda";
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
  /** What does not work while there are dead messages; the alarm's description. */
  readonly consequence: string;
};

export type Consumption = {
  readonly batchSize: number;
  /** Concurrent invocations, so that a flood leaves capacity to other functions. */
  readonly maxConcurrency?: number;
  /** Where this holds, the function always has as much: a flood of others leaves it its capacity. */
  readonly kept?: CfnCondition;
  /** The function reports which messages of a batch failed. */
  readonly partialFailures?: boolean;
  /**
   * How long messages are gathered into one batch. In low traffic Lambda may wait up to 20 seconds whatever this says. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly gather?: Duration;
};

/** A queue with dead letters: after five failed tries a message is kept there for two weeks, and an alarm goes off. */
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
        // AWS recommends six times the function's timeout, so that a throttled message is not delivered twice.
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

  /** Names and addresses for the operator function, which counts the messages. */
  get description(): { name: string; queue: string; deadLetters: string } {
    return { name: this.#name.toLowerCase(), queue: this.queue.queueUrl, deadLetters: this.deadLetters.queueUrl };
  }

  get send(): Need {
    return {
      value: this.queue.queueUrl,
      rights: [{ actions: ["sqs:SendMessage"], resources: [this.queue.queueArn] }],
    };
  }

  /** To send, and to count the waiting messages without reading them. */
  get sendAndCount(): Need {
    return { ...this.send, rights: [...this.send.rights, count(this.queue)] };
  }

  /** To count the waiting and the dead messages. */
  get countAll(): Right {
    return count(this.queue, this.deadLetters);
  }

  consumedBy(handler: Handler, { batchSize, maxConcurrency, kept, partialFailures, gather }: Consumption): void {
    const resource = handler.function.node.defaultChild;
    if (kept !== undefined && maxConcurrency !== undefined && resource instanceof CfnFunction) {
      const reserved = Fn.conditionIf(kept.logicalId, maxConcurrency, Aws.NO_VALUE);
      resource.addPropertyOverride("ReservedConcurrentExecutions", reserved);
    }
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
