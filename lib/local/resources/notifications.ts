import { PutBucketNotificationConfigurationCommand, type Event, type S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import { namesIn } from "../intrinsics.ts";
import type { Resource, Template } from "../template.ts";
import { read, truth, unused, type Provider } from "./provider.ts";

const filterRules = z.array(z.strictObject({ Name: z.string(), Value: z.string() }));
type Rule = z.output<typeof filterRules>[number];

/** The `NotificationConfiguration` of an `AWS::S3::Bucket`: queues only. */
export const bucketNotification = z.strictObject({
  QueueConfigurations: z
    .array(
      z.strictObject({
        Event: z.string(),
        Queue: z.string(),
        Filter: z.strictObject({ S3Key: z.strictObject({ Rules: filterRules }) }).optional(),
      }),
    )
    .default([]),
});

/** Which events of a bucket go to which queue (ARN), for keys that match every rule. */
export type QueueNotification = {
  readonly id?: string | undefined;
  readonly queue: string;
  readonly events: readonly string[];
  readonly rules: readonly Rule[];
};

export const notificationsOf = (configuration: z.output<typeof bucketNotification>): readonly QueueNotification[] =>
  configuration.QueueConfigurations.map(({ Event: event, Queue, Filter }) => ({
    queue: Queue,
    events: [event],
    rules: Filter?.S3Key.Rules ?? [],
  }));

const prefixOrSuffix = ({ Name, Value }: Rule) => ({
  Name: Name.toLowerCase() === "prefix" ? ("prefix" as const) : ("suffix" as const),
  Value,
});

/** Replaces a bucket's notifications; S3 refuses a queue that does not exist. */
export async function putNotifications(
  s3: S3Client,
  bucket: string,
  notifications: readonly QueueNotification[],
): Promise<void> {
  const QueueConfigurations = notifications.map(({ id, queue, events, rules }) => ({
    ...(id === undefined ? {} : { Id: id }),
    QueueArn: queue,
    // The SDK's type lists the events known at its release; S3 validates them.
    Events: events as Event[],
    ...(rules.length > 0 ? { Filter: { Key: { FilterRules: rules.map(prefixOrSuffix) } } } : {}),
  }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket,
      NotificationConfiguration: { QueueConfigurations },
    }),
  );
}

/** The type that the CDK uses for `bucket.addEventNotification`. */
export const notificationsType = "Custom::S3BucketNotifications";
const shape = z.strictObject({
  ServiceToken: unused,
  BucketName: z.string(),
  NotificationConfiguration: z.strictObject({
    QueueConfigurations: z
      .array(
        z.strictObject({
          Id: z.string().optional(),
          Events: z.array(z.string()),
          QueueArn: z.string(),
          Filter: z.strictObject({ Key: z.strictObject({ FilterRules: filterRules }) }).optional(),
        }),
      )
      .default([]),
  }),
  Managed: truth.refine((managed) => managed, "only buckets of the stack itself").optional(),
  SkipDestinationValidation: unused,
});

/** Does what the CDK's handler does on AWS, which is not JavaScript. */
export const notifications: Provider = async ({ s3 }, request) => {
  const { BucketName, NotificationConfiguration } = read(shape, request);
  const wanted = NotificationConfiguration.QueueConfigurations.map(({ Id, Events, QueueArn, Filter }) => ({
    id: Id,
    queue: QueueArn,
    events: Events,
    rules: Filter?.Key.FilterRules ?? [],
  }));
  await putNotifications(s3, BucketName, wanted);
  return { physicalId: `${BucketName}-notifications`, attributes: {} };
};

/** The template without the CDK's handlers of bucket notifications: this process does their work. */
export function withoutHandlers(template: Template): Template {
  const handlers = new Set<string>();
  const resources = Object.entries(template.Resources).map(([logicalId, resource]): [string, Resource] => {
    if (resource.Type !== notificationsType) return [logicalId, resource];
    const { ServiceToken = null, ...Properties } = resource.Properties;
    for (const name of namesIn(ServiceToken)) handlers.add(name);
    return [logicalId, { ...resource, Properties }];
  });
  return { ...template, Resources: Object.fromEntries(resources.filter(([logicalId]) => !handlers.has(logicalId))) };
}
