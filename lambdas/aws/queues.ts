import { GetQueueAttributesCommand, type SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Issuer } from "../certificates/certificate.ts";

/** What travels on the queues: ids alone. */
export type IssuanceMessage = { readonly tenantId: string; readonly certificateId: string };
export type MailMessage = { readonly tenantId: string; readonly noticeId: string };
export type PublicationMessage = { readonly issuer: Issuer; readonly reason: string };
export type NightlyMessage = { readonly task: "sweep"; readonly at?: string };

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

/** How many messages wait and are being worked on. */
export async function queueDepth(client: SQSClient, queue: string): Promise<{ waiting: number; inFlight: number }> {
  const { Attributes: found } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queue,
      AttributeNames: ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
    }),
  );
  return {
    waiting: Number(found?.ApproximateNumberOfMessages ?? 0),
    inFlight: Number(found?.ApproximateNumberOfMessagesNotVisible ?? 0),
  };
}
