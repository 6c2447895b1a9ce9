import { Duration, TimeZone } from "aws-cdk-lib";
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke, SqsSendMessage } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import type { PerIssuer } from "./authority-keys.ts";
import type { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";
import type { WorkQueue } from "./work-queue.ts";

export type SchedulesProps = {
  readonly nightly: WorkQueue;
  readonly publication: PerIssuer<WorkQueue>;
  readonly bootstrap: Handler<"bootstrap">;
};

const every = (distance: Duration): ScheduleExpression => ScheduleExpression.rate(distance);

/** Scheduled work. Each run does all that is due, so the next run makes up for a missed one. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { nightly, publication, bootstrap }: SchedulesProps) {
    super(scope, id);
    const midnight = ScheduleExpression.cron({ minute: "0", hour: "0", timeZone: TimeZone.ASIA_TOKYO });
    // The scheduled time, not the time of the run, so that a late run does the work of its day.
    const due = { task: "nightly", at: ContextAttribute.scheduledTime };
    this.message("NightlySchedule", midnight, nightly, due);
    this.message("CatchUpSchedule", every(Duration.hours(1)), nightly, due);
    this.message("SweepSchedule", every(Duration.minutes(5)), nightly, { task: "sweep" });
    for (const [name, issuer] of [
      ["Subscribers", "subscribers"],
      ["Administrators", "administrators"],
    ] as const) {
      const hourly = { issuer, reason: "hourly" };
      this.message(`Resign${name}Schedule`, every(Duration.hours(1)), publication[issuer], hourly);
      // The CRL at its address is compared with what was put there.
      this.message(`Watch${name}CrlSchedule`, every(Duration.minutes(1)), publication[issuer], { task: "watch" });
    }
    const rootCrl = new Schedule(this, "RootCrl", {
      description: "Signs the root CRL again",
      schedule: ScheduleExpression.cron({ minute: "0", hour: "3", day: "1", timeZone: TimeZone.ASIA_TOKYO }),
      target: new LambdaInvoke(bootstrap.function, { input: ScheduleTargetInput.fromObject({ task: "root-crl" }) }),
    });
    withLogicalId(rootCrl, "RootCrlSchedule");
  }

  private message(
    logicalId: string,
    when: ScheduleExpression,
    to: WorkQueue,
    body: Readonly<Record<string, string>>,
  ): void {
    const schedule = new Schedule(this, logicalId, {
      schedule: when,
      target: new SqsSendMessage(to.queue, { input: ScheduleTargetInput.fromObject(body) }),
    });
    withLogicalId(schedule, logicalId);
  }
}
