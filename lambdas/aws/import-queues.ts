import type { Sqs } from "./wire/sqs.ts";
import type { JobKey, RowKey } from "../imports/job.ts";
import { batchSender, sender } from "./queues.ts";

/** One look at a running job. The same queue brings the uploads' own events. */
export type AdvanceMessage = JobKey & { readonly turn: number };
export type RowMessage = RowKey;
/** Makes the package of a file, or marks what it holds as downloaded. */
export type PackageMessage = JobKey & { readonly task: "make" | "mark" };

const only = ({ tenantId, jobId }: JobKey): JobKey => ({ tenantId, jobId });

/** Asks for looks at jobs, after so many seconds. */
export const advanceSender =
  (client: Sqs, queue: string) =>
  async (key: JobKey, turn: number, seconds: number): Promise<void> => {
    const message: AdvanceMessage = { ...only(key), turn };
    await client.send({ QueueUrl: queue, MessageBody: JSON.stringify(message), DelaySeconds: seconds });
  };

/** Rows with their tenant as group: the queue serves tenants fairly. */
export const rowSender = (client: Sqs, queue: string) =>
  batchSender<RowMessage>(client, queue, ({ tenantId }) => tenantId);

export const packageSender = (client: Sqs, queue: string) => {
  const send = sender<PackageMessage>(client, queue, ({ tenantId }) => tenantId);
  return {
    sendPackage: (key: JobKey) => send({ ...only(key), task: "make" }),
    sendMarking: (key: JobKey) => send({ ...only(key), task: "mark" }),
  };
};
