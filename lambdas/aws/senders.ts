import type { SQSClient } from "@aws-sdk/client-sqs";
import { logger } from "../telemetry/log.ts";
import type { Issuer } from "../certificates/certificate.ts";
import { batchSender, type IssuanceMessage, type MailMessage, type PublicationMessage, sender } from "./queues.ts";

type Queues = {
  readonly ISSUANCE_QUEUE?: string;
  readonly ADMINISTRATORS_ISSUANCE_QUEUE?: string;
  readonly MAIL_QUEUE?: string;
  readonly PUBLICATION_QUEUE?: string;
  readonly ADMINISTRATORS_PUBLICATION_QUEUE?: string;
};

/** Each authority has queues of its own: few functions may ask for an administrator's certificate. */
const issuanceQueue = { subscribers: "ISSUANCE_QUEUE", administrators: "ADMINISTRATORS_ISSUANCE_QUEUE" } as const;
const publicationQueue = {
  subscribers: "PUBLICATION_QUEUE",
  administrators: "ADMINISTRATORS_PUBLICATION_QUEUE",
} as const;

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
    sendIssuances: async (certificates: readonly (IssuanceMessage & { readonly issuer: Issuer })[]) => {
      for (const [issuer, some] of Map.groupBy(certificates, (one) => one.issuer)) {
        const messages = some.map(({ tenantId, certificateId }) => ({ tenantId, certificateId }));
        await bestEffort("issuance", many(issuanceQueue[issuer], messages));
      }
    },
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
        sender<PublicationMessage>(client, queueOf(queues, publicationQueue[issuer]))({ issuer, reason }),
      ),
  };
}
