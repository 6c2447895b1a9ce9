import type { SQSClient } from "@aws-sdk/client-sqs";
import { logger } from "../telemetry/log.ts";
import type { Issuer } from "../certificates/certificate.ts";
import { batchSender, type IssuanceMessage, type MailMessage, type PublicationMessage, sender } from "./queues.ts";

type Queues = {
  readonly ISSUANCE_QUEUE?: string;
  readonly MAIL_QUEUE?: string;
  readonly PUBLICATION_QUEUE?: string;
};

/** Logs a failed send instead of throwing: the work is committed, and the sweep sends again what is missing. */
const bestEffort = async (what: string, sending: Promise<void>): Promise<void> => {
  try {
    await sending;
  } catch (error) {
    logger.error("left to the sweep", { what, error });
  }
};

const queueOf = (queues: Queues, name: keyof Queues): string => {
  const queue = queues[name];
  if (queue === undefined) throw new Error(`this function was given no ${name}`);
  return queue;
};

/** The roads between the functions; a function may send on the queues that its environment names. */
export const sendersOf = (client: SQSClient, queues: Queues) => ({
  sendIssuance: (tenantId: string, certificateId: string) =>
    bestEffort(
      "issuance",
      sender<IssuanceMessage>(
        client,
        queueOf(queues, "ISSUANCE_QUEUE"),
        (message) => message.tenantId,
      )({
        tenantId,
        certificateId,
      }),
    ),
  /** Certificates of one registration in one request; SQS takes ten. */
  sendIssuances: (certificates: readonly IssuanceMessage[]) =>
    bestEffort(
      "issuance",
      batchSender<IssuanceMessage>(
        client,
        queueOf(queues, "ISSUANCE_QUEUE"),
        (message) => message.tenantId,
      )(certificates.map(({ tenantId, certificateId }) => ({ tenantId, certificateId }))),
    ),
  sendNotice: (tenantId: string, noticeId: string) =>
    bestEffort("mail", sender<MailMessage>(client, queueOf(queues, "MAIL_QUEUE"))({ tenantId, noticeId })),
  sendNotices: (notices: readonly MailMessage[]) =>
    bestEffort(
      "mail",
      batchSender<MailMessage>(
        client,
        queueOf(queues, "MAIL_QUEUE"),
      )(notices.map(({ tenantId, noticeId }) => ({ tenantId, noticeId }))),
    ),
  sendPublication: (issuer: Issuer, reason: string) =>
    bestEffort(
      "publication",
      sender<PublicationMessage>(client, queueOf(queues, "PUBLICATION_QUEUE"))({ issuer, reason }),
    ),
});
