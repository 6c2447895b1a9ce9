import { Duration, TimeZone } from "aws-cdk-lib";
import { Schedule, ScheduleExpression, ScheduleTargetInput } from "aws-cdk-lib/aws-scheduler";
import { LambdaInvoke, SqsSendMessage } from "aws-cdk-lib/aws-scheduler-targets";
import { Construct } from "constructs";
import type { Handler } from "./handler.ts";
import { named } from "./named.ts";
import type { WorkQueue } from "./work-queue.ts";

export type SchedulesProps = {
  readonly nightly: WorkQueue;
  readonly publication: WorkQueue;
  readonly bootstrap: Handler<"bootstrap">;
};

/** What happens by the clock. Each run looks at what is due, so that a missed one is made up by the next. */
export class Schedules extends Construct {
  constructor(scope: Construct, id: string, { nightly, publication, bootstrap }: SchedulesProps) {
    super(scope, id);
    this.message("SweepSchedule", Duration.minutes(5), nightly, { task: "sweep" });
    for (const issuer of ["subscribers", "administrators"] as const) {
      const name = issuer === "subscribers" ? "ResignSubscribersSchedule" : "ResignAdministratorsSchedule";
      this.message(name, Duration.hours(1), publication, { issuer, reason: "hourly" });
    }
    const rootCrl = new Schedule(this, "RootCrl", {
      description: "Signs the root CRL again",
      schedule: ScheduleExpression.cron({ minute: "0", hour: "3", day: "1", timeZone: TimeZone.ASIA_TOKYO }),
      target: new LambdaInvoke(bootstrap.function, { input: ScheduleTargetInput.fromObject({ task: "root-crl" }) }),
    });
    named(rootCrl, "RootCrlSchedule");
  }

  private message(logicalId: string, every: Duration, to: WorkQueue, body: Readonly<Record<string, string>>): void {
    const schedule = new Schedule(this, logicalId, {
      schedule: ScheduleExpression.rate(every),
      target: new SqsSendMessage(to.queue, { input: ScheduleTargetInput.fromObject(body) }),
    });
    named(schedule, logicalId);
  }
}
