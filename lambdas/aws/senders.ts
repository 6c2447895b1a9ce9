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

/** The tenant is the group: a tenant's thousands of messages do not hold up another's single one. */
const byTenant = ({ tenantId }: { readonly tenantId: string }): string => tenantId;

/** The roads between the functions; a function may send on the queues that its environment names. */
export function sendersOf(client: SQSClient, queues: Queues) {
  const one = <M extends IssuanceMessage | MailMessage>(name: keyof Queues, message: M) =>
    sender<M>(client, queueOf(queues, name), byTenant)(message);
  /** In requests of ten, which is what SQS takes. */
  const many = <M extends IssuanceMessage | MailMessage>(name: keyof Queues, messages: readonly M[]) =>
    batchSender<M>(client, queueOf(queues, name), byTenant)(messages);
  return {
    sendIssuance: (tenantId: string, certificateId: string) =>
      bestEffort("issuance", one("ISSUANCE_QUEUE", { tenantId, certificateId })),
    sendIssuances: (certificates: readonly IssuanceMessage[]) =>
      bestEffort(
        "issuance",
        many(
          "ISSUANCE_QUEUE",
          certificates.map(({ tenantId, certificateId }) => ({ tenantId, certificateId })),
        ),
      ),
    sendNotice: (tenantId: string, noticeId: string) => bestEffort("mail", one("MAIL_QUEUE", { tenantId, noticeId })),
    sendNotices: (notices: readonly MailMessage[]) =>
      bestEffort(
        "mail",
        many(
          "MAIL_QUEUE",
          notices.map(({ tenantId, noticeId }) => ({ tenantId, noticeId })),
        ),
      ),
    sendPublication: (issuer: Issuer, reason: string) =>
      bestEffort(
        "publication",
        sender<PublicationMessage>(client, queueOf(queues, "PUBLICATION_QUEUE"))({ issuer, reason }),
      ),
  };
}
