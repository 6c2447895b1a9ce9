import { type Certificate, type Certificates, type Issuer, issuers } from "../certificates/certificate.ts";
import type { Notices } from "../notices/notice.ts";
import type { Audit } from "../transaction/audit.ts";
import type { Imports } from "../imports/job.ts";
import type { Subscribers } from "../registry/subscriber.ts";
import type { Tenants } from "../registry/tenant.ts";
import type { Commit } from "../transaction/write.ts";
import { fail } from "./fail.ts";

export type SweepContext = {
  readonly commit: Commit;
  readonly certificates: Certificates;
  readonly subscribers: Subscribers;
  readonly tenants: Tenants;
  readonly notices: Notices;
  readonly audit: Audit;
  readonly imports: Pick<Imports, "endRow">;
  /** How many messages wait for the issuer, without those that it is at work on. */
  readonly issuancesWaiting: () => Promise<number>;
  readonly sendIssuances: (certificates: readonly Certificate[]) => Promise<void>;
  readonly sendNotices: (notices: readonly { readonly tenantId: string; readonly noticeId: string }[]) => Promise<void>;
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
};

const minute = 60_000;
/** After this long a message is taken for lost; sending it again does no harm. */
const lost = 1 * minute;
/** The same while the issuer still has a queue before it, in which the message may well be. */
const lostInQueue = 5 * minute;
/**
 * After this long an issuance that has not even stored its material is ended, if an earlier sweep has
 * sent it again in vain; with a sweep every five minutes that is within 15 minutes.
 */
const hopeless = 10 * minute;
const inVain = 4 * minute;
/**
 * So long after sending something again it is left alone: its message may be at work, invisible to others for three
 * minutes (`lib/work-queue.ts`: six times 30 seconds), and every further one would only double the work.
 */
const again = 4 * minute;
/** As many as the issuers take at once (`lib/issuance.ts`: 10 functions, 10 messages each): more than these are a queue. */
const atOnce = 100;

/** How far ahead of the clock a sweep may be asked for. */
const ahead = 60 * minute;

/**
 * The instant to sweep by when work was asked for at `at`: a run that comes late sweeps by the clock,
 * and one for another day (its planned revocations are meant) must not end issuances that are under way.
 */
export const sweepInstant = (at: Date, now: Date): Date =>
  at > now && at.getTime() - now.getTime() <= ahead ? at : now;

export type Swept = {
  readonly requeued: number;
  readonly failed: number;
  readonly notices: number;
};

/**
 * Takes up whatever stands too long: what was written but never queued, or whose message was lost.
 * An issuance with stored material is always finished; one without ends as failed when it is hopeless.
 * It was tried in vain when it was sent again with no queue before it: ten thousand rows may take their time.
 */
export async function sweep(context: SweepContext, at: Date): Promise<Swept> {
  const before = (age: number) => new Date(at.getTime() - age).toISOString();
  const requeued: Certificate[] = [];
  let failed = 0;
  const busy = (await context.issuancesWaiting()) > atOnce;
  for (const { tenantId, certificateId } of await context.certificates.listPending(before(lost))) {
    const certificate = await context.certificates.find(tenantId, certificateId);
    if (certificate?.state.status !== "issuing") continue;
    const { requestedAt, resentAt, requeuedAt } = certificate;
    const triedInVain = requestedAt < before(hopeless) && resentAt !== undefined && resentAt <= before(inVain);
    if (triedInVain && (await context.certificates.findMaterial(tenantId, certificateId)) === undefined) {
      const actor = { kind: "system", name: "sweep" } as const;
      await fail({ ...context, now: () => at }, certificate, { error: "unfinished" }, actor);
      failed += 1;
    } else if (
      (!busy || requestedAt < before(lostInQueue)) &&
      (requeuedAt === undefined || requeuedAt <= before(again))
    ) {
      await context.certificates.markResent(certificate, at.toISOString(), !busy);
      requeued.push(certificate);
    }
  }
  await context.sendIssuances(requeued);
  const unsent = await context.notices.listUnsent(before(lost));
  const next = new Date(at.getTime() + again - lost).toISOString();
  for (const notice of unsent) await context.notices.postponeResend(notice, next);
  await context.sendNotices(unsent);
  for (const issuer of issuers) await publishForgotten(context, issuer, at);
  return { requeued: requeued.length, failed, notices: unsent.length };
}

/** A revocation whose request for publication was lost is asked for again; publishing once more does no harm. */
async function publishForgotten(context: SweepContext, issuer: Issuer, at: Date): Promise<void> {
  const recent = await context.certificates.readLedger(issuer, new Date(at.getTime() - 15 * minute).toISOString());
  if (recent.length > 0) await context.sendPublication(issuer, "sweep");
}
