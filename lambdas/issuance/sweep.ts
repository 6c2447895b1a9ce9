import { type Certificate, type Issuer, issuers } from "../certificates/certificate.ts";
import type { FailureCode } from "../contract/failures.ts";
import type { MailPorts } from "../notices/ports.ts";
import type { EndOrder } from "./end-order.ts";
import { fail } from "./fail.ts";
import { holderRevoked } from "./holder.ts";

export type SweepContext = Pick<
  MailPorts,
  | "commit"
  | "administrators"
  | "certificates"
  | "pending"
  | "materials"
  | "ledger"
  | "subscribers"
  | "tenants"
  | "notices"
  | "audit"
  | "sendIssuances"
  | "sendNotices"
  | "sendPublication"
> & {
  readonly endOrder: EndOrder;
  /** How many messages wait for the issuer, without those that it is at work on. */
  readonly issuancesWaiting: () => Promise<number>;
};

const minute = 60_000;
/** A message that was sent this long ago is assumed lost; sending it again does no harm. */
const assumeLostAfter = 1 * minute;
/** The same while the issuer still has a queue before it, in which the message may well be. */
const assumeLostInQueueAfter = 5 * minute;
/**
 * An issuance without stored material ends as failed after this long, if an earlier sweep has sent it again without
 * success; with a sweep every five minutes that is within 15 minutes.
 */
const giveUpAfter = 10 * minute;
const retryFailedAfter = 4 * minute;
/**
 * How long a message that was sent again is left alone: it may be at work, invisible to others for three minutes
 * (`lib/work-queue.ts`: six times 30 seconds), and every further one would only double the work.
 */
const retryEvery = 4 * minute;
/** As many as the issuers take simultaneously (`lib/issuance.ts`: 10 functions, 10 messages each): more are a queue. */
const issuersTake = 100;

export type Swept = {
  readonly requeued: number;
  readonly failed: number;
  readonly notices: number;
};

/**
 * Takes up whatever has waited too long: what was written but never queued, or whose message did not arrive. An issuance
 * with stored material is always finished, but for a revoked administrator's; one without ends as failed after `giveUpAfter`. Only a retry with no queue
 * before it counts as one without success: ten thousand rows may take their time.
 */
export async function sweep(context: SweepContext, at: Date): Promise<Swept> {
  const before = (age: number) => new Date(at.getTime() - age).toISOString();
  const requeued: Certificate[] = [];
  let failed = 0;
  const end = async (certificate: Certificate, error: FailureCode): Promise<void> => {
    await fail({ ...context, now: () => at }, certificate, { error }, { kind: "system", name: "sweep" });
    failed += 1;
  };
  const busy = (await context.issuancesWaiting()) > issuersTake;
  for (const { tenantId, certificateId } of await context.pending.list(before(assumeLostAfter))) {
    const certificate = await context.certificates.find(tenantId, certificateId);
    if (certificate?.state.status !== "issuing") continue;
    if (await holderRevoked(context, certificate)) {
      await end(certificate, "holderRevoked");
      continue;
    }
    const { requestedAt, resentAt, requeuedAt } = certificate;
    const retryFailed =
      requestedAt < before(giveUpAfter) && resentAt !== undefined && resentAt <= before(retryFailedAfter);
    if (retryFailed && (await context.materials.find(tenantId, certificateId)) === undefined) {
      await end(certificate, "unfinished");
    } else if (
      (!busy || requestedAt < before(assumeLostInQueueAfter)) &&
      (requeuedAt === undefined || requeuedAt <= before(retryEvery))
    ) {
      await context.pending.markResent(certificate, at.toISOString(), !busy);
      requeued.push(certificate);
    }
  }
  await context.sendIssuances(requeued);
  const unsent = await context.notices.listUnsent(before(assumeLostAfter));
  const next = new Date(at.getTime() + retryEvery - assumeLostAfter).toISOString();
  for (const notice of unsent) await context.notices.postponeResend(notice, next);
  await context.sendNotices(unsent);
  for (const issuer of issuers) await publishForgotten(context, issuer, at);
  return { requeued: requeued.length, failed, notices: unsent.length };
}

/** Asks again for the publication of recent revocations, as the first request may not have arrived. Publishing once more does no harm. */
async function publishForgotten(context: SweepContext, issuer: Issuer, at: Date): Promise<void> {
  const recent = await context.ledger.read(issuer, new Date(at.getTime() - 15 * minute).toISOString());
  if (recent.length > 0) await context.sendPublication(issuer, "sweep");
}
