import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from "@aws-sdk/client-sqs";
import type { Issuer } from "../certificates/certificate.ts";
import type { Actor } from "../transaction/audit.ts";
import { clientSettings, oneEndpoint, withoutLogger } from "./client-settings.ts";

/** TLS already checks what SQS's MD5 sums would. */
export const sqs = (config: SQSClientConfig = {}): SQSClient =>
  withoutLogger(new SQSClient({ ...clientSettings(), ...oneEndpoint, md5: false, ...config }));

/** What travels on the queues: ids alone. */
export type IssuanceMessage = { readonly tenantId: string; readonly certificateId: string };
export type MailMessage = { readonly tenantId: string; readonly noticeId: string };
/** A publication of an issuer's CRL, or a look at all addresses, which may lead to some. */
export type PublicationMessage = { readonly issuer: Issuer; readonly reason: string } | { readonly task: "watch" };
export type NightlyMessage = {
  /** `nightly`: planned revocations that are due at the instant, then a sweep; `sweep` alone. */
  readonly task: "nightly" | "sweep";
  /** ISO 8601; now where it is left out or still to come (`async/asked-instant.ts`). */
  readonly at?: string;
  /** The operator who asked for it; a schedule did where it is left out. */
  readonly asker?: Extract<Actor, { kind: "operator" }>;
};

/** Sends to one queue. With a group, the queue serves the groups fairly (SQS fair queues: MessageGroupId on a standard queue). */
export const sender =
  <M extends object>(client: SQSClient, queue: string, group?: (message: M) => string) =>
  async (message: M): Promise<void> => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: JSON.stringify(message),
        ...(group ? { MessageGroupId: group(message) } : {}),
      }),
    );
  };

/** Sends many to one queue, ten a request; a message that SQS did not take fails the whole. */
export const batchSender =
  <M extends object>(client: SQSClient, queue: string, group?: (message: M) => string) =>
  async (messages: readonly M[]): Promise<void> => {
    for (let from = 0; from < messages.length; from += 10) {
      const Entries = messages.slice(from, from + 10).map((message, at) => ({
        Id: String(at),
        MessageBody: JSON.stringify(message),
        ...(group ? { MessageGroupId: group(message) } : {}),
      }));
      const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl: queue, Entries }));
      if (Failed.length > 0) throw new Error(`SQS did not take ${Failed.length} messages: ${Failed[0]?.Message}`);
    }
  };

/** How many messages wait and are being worked on. */
export async function queueDepth(client: SQSClient, queue: string): Promise<{ waiting: number; inFlight: number }> {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queue,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return {
    waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(Attributes?.ApproximateNumberOfMessagesNotVisible ?? 0),
  };
}
