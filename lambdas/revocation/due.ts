import type { Issuer, PlannedRevocation } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import { type DigestContext, type DigestedAct, type DigestKey, listedInDigest, sendDigest } from "./digest.ts";
import { revoke, type RevokeContext } from "./revoke.ts";

export type DueContext = RevokeContext & DigestContext & Pick<Ports, "plans" | "sendPublication" | "log">;

export type RevokedDue = {
  readonly revoked: number;
  /** Listed as due, and not so any more: changed, cancelled or revoked meanwhile. */
  readonly skipped: number;
  /** Still due: what failed, and what there was no time for. */
  readonly left: number;
};

/** Tenants side by side; within one, every revocation changes the same licence count, so they go one by one. */
const tenantsAtOnce = 8;
/** A long night's revocations are not kept off the CRL until its end. */
const betweenPublications = 30_000;
/** After this long without an addition, a digest belongs to a run that died. */
const abandoned = 10 * 60_000;

const actor = { kind: "system", name: "nightly" } as const;
const act: DigestedAct = { kind: "revocation-done", actor };
/** One per tenant: one mail lists whatever the runs of the nights add to it. */
const digestOf = (tenantId: string): DigestKey => ({ tenantId, digestId: "nightly" });

/**
 * Carries out every planned revocation that is due at the instant, however late this run is, each in its own
 * transaction; then asks for the CRLs, once per issuer (a long run meanwhile as well), and sends each tenant one mail.
 * Simultaneous runs are harmless: each plan is carried out by one. What is not begun by `until` is left to the next run.
 * Also sends the mails of acts that have stopped before their end.
 */
export async function revokeDue(context: DueContext, at: Date, until: Date): Promise<RevokedDue> {
  const due = await context.plans.listDue(at.toISOString());
  const counts = { revoked: 0, skipped: 0, left: 0 };
  const issuers = new Set<Issuer>();
  const tenants = new Set<string>();
  let publishedAt = context.now().getTime();
  const publish = async (): Promise<void> => {
    publishedAt = context.now().getTime();
    const wanted = [...issuers];
    issuers.clear();
    for (const issuer of wanted) await context.sendPublication(issuer, "nightly");
  };
  const queues = [...Map.groupBy(due, ({ tenantId }) => tenantId).values()];
  const work = async (): Promise<void> => {
    for (let own = queues.shift(); own !== undefined; own = queues.shift()) {
      let listed = 0;
      for (const { tenantId, certificateId } of own) {
        const outcome = context.now() < until ? await carryOut(context, tenantId, certificateId, at, listed) : "left";
        if (typeof outcome === "object") {
          counts.revoked += 1;
          listed += 1;
          issuers.add(outcome.issuer);
          tenants.add(tenantId);
          if (context.now().getTime() - publishedAt >= betweenPublications) await publish();
        } else counts[outcome] += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: tenantsAtOnce }, work));
  await publish();
  const forgotten = await context.digests.listUnsent(new Date(context.now().getTime() - abandoned).toISOString());
  const own = [...tenants].map(digestOf);
  const others = forgotten.filter(
    (one) => !own.some((two) => two.tenantId === one.tenantId && two.digestId === one.digestId),
  );
  for (const key of [...own, ...others]) await sendDigest(context, key);
  return counts;
}

/** One planned revocation; the index may be behind, so the row decides, and its condition. */
async function carryOut(
  context: DueContext,
  tenantId: string,
  certificateId: string,
  at: Date,
  listed: number,
): Promise<{ readonly issuer: Issuer } | "skipped" | "left"> {
  const planOf = async (): Promise<PlannedRevocation | undefined> => {
    const plan = (await context.certificates.find(tenantId, certificateId))?.revokeOn;
    return plan !== undefined && plan.at <= at.toISOString() ? plan : undefined;
  };
  const due = await planOf();
  if (due === undefined) return "skipped";
  const request = { tenantId, certificateId, reason: due.reason, actor, due };
  const isListed = listed < listedInDigest;
  try {
    return await revoke(context, request, () => [
      context.digests.addToDigest(digestOf(tenantId), act, { certificateId }, isListed, context.now()),
    ]);
  } catch (error) {
    if (error instanceof Refusal && (await planOf())?.plannedAt !== due.plannedAt) return "skipped";
    // One that cannot be done must not hold up the others; it stays due, and health counts it.
    context.log("planned revocation not done", { certificateId, error });
    return "left";
  }
}
