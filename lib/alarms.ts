import { Alarm, type AlarmProps } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";

/** Every alarm of the stack notifies one topic, to which operators subscribe. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = withLogicalId(
      new Topic(this, "Topic", { displayName: "Warifu alarms", enforceSSL: true }),
      "AlarmTopic",
    );
    // `enforceSSL` replaces the topic's default policy, which allows CloudWatch to publish.
    this.topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));
  }

  /** `alarmDescription` says who is affected and what to do; the alarm's heading in the runbook says the rest. */
  add(logicalId: string, props: AlarmProps & { readonly alarmDescription: string }): void {
    const alarmDescription = `${props.alarmDescription} Runbook: docs/runbook.md#${logicalId.toLowerCase()}`;
    const alarm = withLogicalId(new Alarm(this, logicalId, { ...props, alarmDescription }), logicalId);
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
