import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import { isOneOf, read, truth, unused, whole, type Provisioned, type Provider } from "./provider.ts";

const shape = z.strictObject({
  QueueName: z.string().optional(),
  VisibilityTimeout: whole.optional(),
  MessageRetentionPeriod: whole.optional(),
  DelaySeconds: whole.optional(),
  ReceiveMessageWaitTimeSeconds: whole.optional(),
  MaximumMessageSize: whole.optional(),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: whole }).optional(),
  FifoQueue: truth.refine((fifo) => !fifo, "only standard queues").optional(),
  SqsManagedSseEnabled: unused,
  RedriveAllowPolicy: unused,
  Tags: unused,
});

async function urlOf(client: SQSClient, QueueName: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl;
  } catch (error) {
    if (isOneOf(error, "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue")) return undefined;
    throw error;
  }
}

/** A queue's address contains the service's port, so every start looks it up. Throws if the queue does not exist. */
export async function currentQueue(client: SQSClient, made: Provisioned): Promise<Provisioned> {
  const url = await urlOf(client, made.attributes["QueueName"] ?? "");
  if (url === undefined)
    throw new Error(
      `The queue ${made.attributes["QueueName"]} is missing from the data folder; start with another folder (--data DIR)`,
    );
  return { physicalId: url, attributes: made.attributes };
}

/** Creates an SQS queue, or changes the attributes of an existing one. */
export const queue: Provider = async ({ sqs }, request) => {
  const { QueueName = request.name, RedrivePolicy, ...properties } = read(shape, request);
  const names = [
    "VisibilityTimeout",
    "MessageRetentionPeriod",
    "DelaySeconds",
    "ReceiveMessageWaitTimeSeconds",
    "MaximumMessageSize",
  ] as const;
  const Attributes: Record<string, string> = {};
  for (const name of names) if (properties[name] !== undefined) Attributes[name] = String(properties[name]);
  if (RedrivePolicy) Attributes["RedrivePolicy"] = JSON.stringify(RedrivePolicy);
  let QueueUrl = await urlOf(sqs, QueueName);
  if (QueueUrl === undefined) ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes })));
  else if (Object.keys(Attributes).length > 0) await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const { Attributes: made = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  return { physicalId: QueueUrl ?? "", attributes: { Arn: made["QueueArn"] ?? "", QueueName } };
};
