import { Alarm, type AlarmProps } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import { withLogicalId } from "./logical-id.ts";

/** Every alarm of the stack tells one topic; operators subscribe to it what wakes them. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.topic = withLogicalId(
      new Topic(this, "Topic", { displayName: "Warifu alarms", enforceSSL: true }),
      "AlarmTopic",
    );
    // A policy of its own (TLS only) takes the place of the default one, which let CloudWatch in.
    this.topic.grantPublish(new ServicePrincipal("cloudwatch.amazonaws.com"));
  }

  /** `alarmDescription` says who is hurt, and what to do. */
  add(logicalId: string, props: AlarmProps & { readonly alarmDescription: string }): void {
    const alarm = withLogicalId(new Alarm(this, logicalId, props), logicalId);
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
  }
}
