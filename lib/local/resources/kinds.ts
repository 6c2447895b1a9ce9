import { bucket } from "./buckets.ts";
import { key } from "./keys.ts";
import { notifications, notificationsType } from "./notifications.ts";
import type { Provider } from "./provider.ts";
import { queue } from "./queues.ts";
import { table } from "./tables.ts";

/** Created once in the data folder, by the services' API. */
export const provisioned: Readonly<Record<string, Provider>> = {
  "AWS::DynamoDB::Table": table,
  "AWS::KMS::Key": key,
  "AWS::S3::Bucket": bucket,
  "AWS::SQS::Queue": queue,
  [notificationsType]: notifications,
};

/** Done by this process, at every start. */
export const emulated: ReadonlySet<string> = new Set([
  "AWS::Lambda::Function",
  "AWS::Lambda::EventSourceMapping",
  "AWS::Scheduler::Schedule",
  "AWS::CloudFront::Distribution",
  "AWS::IAM::Role",
  "AWS::IAM::Policy",
  // Mails stay in the mailbox of this machine, so no sender has to be proven.
  "AWS::SES::EmailIdentity",
  "AWS::ApiGateway::RestApi",
  "AWS::ApiGateway::Resource",
  "AWS::ApiGateway::Method",
  "AWS::ApiGateway::GatewayResponse",
  "AWS::ApiGateway::Deployment",
  "AWS::ApiGateway::Stage",
  "AWS::ApiGateway::DomainName",
  "AWS::ApiGateway::BasePathMapping",
]);

const rolesAlone = "a function may do what its role says; policies of resources are tested on the template";
const nobodyWatches = "nobody is woken by one machine; failures are printed in the terminal";

/** Skipped, with the reason. */
export const ignored: Readonly<Record<string, string>> = {
  "AWS::Lambda::Permission": rolesAlone,
  "AWS::S3::BucketPolicy": rolesAlone,
  "AWS::SQS::QueuePolicy": rolesAlone,
  "AWS::SNS::TopicPolicy": rolesAlone,
  "AWS::CloudFront::OriginAccessControl": rolesAlone,
  "AWS::Logs::LogGroup": "functions write to files in the data folder's logs/",
  "AWS::Logs::MetricFilter": nobodyWatches,
  "AWS::CloudWatch::Alarm": nobodyWatches,
  "AWS::CloudWatch::CompositeAlarm": nobodyWatches,
  "AWS::CloudWatch::Dashboard": nobodyWatches,
  "AWS::SNS::Topic": nobodyWatches,
  "AWS::SNS::Subscription": nobodyWatches,
  "AWS::CloudFront::CachePolicy": "nothing is cached on this machine, so what is published is seen immediately",
  "AWS::SES::ConfigurationSet": "mails stay in the mailbox of this machine: no bounces, no reputation",
  "AWS::WAFv2::WebACL": "loopback only: every request comes from this one machine",
  "AWS::WAFv2::WebACLAssociation": "loopback only: every request comes from this one machine",
  "AWS::Route53::RecordSet": "the hosts are localhost and 127.0.0.1",
  "AWS::KMS::Alias": "keys are addressed by their ARN",
  "AWS::ApiGateway::Account": "functions write to files in the data folder's logs/",
  "AWS::CDK::Metadata": "says which constructs made the template",
};

/** True for a custom resource, which a function of the stack creates. */
export const isCustom = (type: string): boolean =>
  type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource";
