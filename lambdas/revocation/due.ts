import { serially } from "../async/serially.ts";
import { inGroups, sideBySide } from "../async/side-by-side.ts";
import type { CertificateKey, Issuer } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import { carryOut, digestOf, type DueGroupContext, inOneTransaction } from "./due-group.ts";
import { type DigestContext, sendDigest } from "./digest.ts";

export type DueContext = DueGroupContext & DigestContext & Pick<Ports, "plans" | "sendPublication">;

export type RevokedDue = {
  readonly revoked: number;
  /** Listed as due, and not so any more: changed, cancelled or revoked meanwhile. */
  readonly skipped: number;
  /** Still due: what failed, and what there was no time for. */
  readonly left: number;
};

/** With three groups each, as many calls at once as the SDK has connections (50). */
const tenantsAtOnce = 16;
/**
 * Of one tenant, groups are read while another is written. Its transactions follow each other, because they change the
 * same counts: at 25 ms a call, 100,000 revocations of one tenant are 5,264 transactions in 132 s.
 */
const groupsAtOnce = 3;
/** Milliseconds: what is revoked is not kept off the CRL until the end of a long night. */
const betweenPublications = 5_000;
/** Milliseconds: after so long without an addition, a digest belongs to a run that died. */
const abandoned = 10 * 60_000;

/**
 * Carries out every planned revocation that is due at the instant, however late this run is: tenants side by side, and
 * of each as many together as one transaction takes. Asks for the CRLs meanwhile and at the end, and sends each
 * tenant one mail. Simultaneous runs are harmless: each plan is carried out by one. What is not begun by `until` is left
 * to the next run. Also sends the mails of acts that have stopped before their end.
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
  const ofTenant = async (own: readonly CertificateKey[]): Promise<void> => {
    const { commit } = context;
    const inTurn = serially();
    const ports = { ...context, commit: (writes: Parameters<typeof commit>[0]) => inTurn(() => commit(writes)) };
    let listed = 0;
    await sideBySide(groupsAtOnce, inGroups(inOneTransaction, fromAnywhere(own)), async (group) => {
      if (context.now() >= until) {
        counts.left += group.length;
        return;
      }
      const { revoked, skipped, left } = await carryOut(ports, group, at, listed);
      counts.revoked += revoked.length;
      counts.skipped += skipped;
      counts.left += left;
      listed += revoked.length;
      for (const { issuer, tenantId } of revoked) {
        issuers.add(issuer);
        tenants.add(tenantId);
      }
      if (issuers.size > 0 && context.now().getTime() - publishedAt >= betweenPublications) await publish();
    });
  };
  const queues = [...Map.groupBy(due, ({ tenantId }) => tenantId).values()];
  // The longest first, so that none is begun when the others end.
  await sideBySide(
    tenantsAtOnce,
    queues.toSorted((one, two) => two.length - one.length),
    ofTenant,
  );
  await publish();
  const forgotten = await context.digests.listUnsent(new Date(context.now().getTime() - abandoned).toISOString());
  const own = [...tenants].map(digestOf);
  const others = forgotten.filter(
    (one) => !own.some((two) => two.tenantId === one.tenantId && two.digestId === one.digestId),
  );
  await sideBySide(tenantsAtOnce, [...own, ...others], (key) => sendDigest(context, key));
  return counts;
}

/** From a place of its own, around the end, so that a sweep that begins beside this run does not do the same ones. */
function fromAnywhere<T>(all: readonly T[]): readonly T[] {
  const start = Math.floor(Math.random() * all.length);
  return [...all.slice(start), ...all.slice(0, start)];
}
