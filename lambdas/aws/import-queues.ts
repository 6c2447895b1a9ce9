import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import type { JobKey, RowKey } from "../imports/job.ts";
import { batchSender, sender } from "./queues.ts";

/** One advance of a running job. The same queue brings the uploads' own events. */
export type AdvanceMessage = JobKey & { readonly turn: number };
/** A look for an upload whose event has not come by `lookAt`, ISO 8601. */
export type LookMessage = JobKey & { readonly lookAt: string };
export type RowMessage = RowKey;
/** Makes the package of a file, or marks what it holds as downloaded. */
export type PackageMessage = JobKey & { readonly task: "make" | "mark" };

const keyOf = ({ tenantId, jobId }: JobKey): JobKey => ({ tenantId, jobId });

/** Asks for an advance of a job, after `seconds`. */
export const advanceSender =
  (client: SQSClient, queue: string) =>
  async (key: JobKey, turn: number, seconds: number): Promise<void> => {
    const message: AdvanceMessage = { ...keyOf(key), turn };
    await client.send(
      new SendMessageCommand({ QueueUrl: queue, MessageBody: JSON.stringify(message), DelaySeconds: seconds }),
    );
  };

export const lookSender = (client: SQSClient, queue: string) => {
  const send = sender<LookMessage>(client, queue);
  return (key: JobKey, at: Date) => send({ ...keyOf(key), lookAt: at.toISOString() });
};

/** Rows with their tenant as group: the queue serves tenants fairly. */
export const rowSender = (client: SQSClient, queue: string) =>
  batchSender<RowMessage>(client, queue, ({ tenantId }) => tenantId);

export const packageSender = (client: SQSClient, queue: string) => {
  const send = sender<PackageMessage>(client, queue, ({ tenantId }) => tenantId);
  return {
    sendPackage: (key: JobKey) => send({ ...keyOf(key), task: "make" }),
    sendMarking: (key: JobKey) => send({ ...keyOf(key), task: "mark" }),
  };
};
