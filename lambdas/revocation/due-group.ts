import type { Certificate, CertificateKey, PlannedRevocation } from "../certificates/certificate.ts";
import { Refusal } from "../refusal.ts";
import { licenceCountWrites } from "../registry/licences.ts";
import type { Ports } from "../certificates/ports.ts";
import { type DigestContext, type DigestedAct, type DigestKey, listedInDigest } from "./digest.ts";
import { isLive, type Live, revocationWrites, type RevokeContext } from "./revoke.ts";

export type DueGroupContext = RevokeContext & Pick<DigestContext, "digests"> & Pick<Ports, "log">;

export type CarriedOut = {
  readonly revoked: readonly Certificate[];
  readonly skipped: number;
  readonly left: number;
};

/** As many as one transaction takes: at most five writes for each, and the digest's, of DynamoDB's hundred. */
export const inOneTransaction = 19;

const actor = { kind: "system", name: "nightly" } as const;
const act: DigestedAct = { kind: "revocation-done", actor };
/** One per tenant: one mail lists whatever the runs of the nights add to it. */
export const digestOf = (tenantId: string): DigestKey => ({ tenantId, digestId: "nightly" });

type Due = Certificate & { readonly revokeOn: PlannedRevocation };

/**
 * Carries out one tenant's planned revocations that are due at the instant, in one transaction: it changes what they
 * share, the licence counts and the digest, once, where transactions side by side would collide. The index may be
 * behind, so the rows decide, and their conditions. What fails is tried again in halves, so that one that cannot be
 * done holds up no other; it stays due, and health counts it. `listed` are in the digest already.
 */
export async function carryOut(
  context: DueGroupContext,
  group: readonly CertificateKey[],
  at: Date,
  listed: number,
): Promise<CarriedOut> {
  const found = await Promise.all(
    group.map(({ tenantId, certificateId }) => context.certificates.find(tenantId, certificateId)),
  );
  const due = found.filter((one): one is Due => one?.revokeOn !== undefined && one.revokeOn.at <= at.toISOString());
  const skipped = group.length - due.length;
  const [first, ...others] = due;
  if (first === undefined) return { revoked: [], skipped, left: 0 };
  try {
    await context.commit(await writesOf(context, [first, ...others], listed));
    return { revoked: due, skipped, left: 0 };
  } catch (error) {
    if (others.length === 0) {
      const left = (await isLeft(context, first, error)) ? 1 : 0;
      return { revoked: [], skipped: skipped + 1 - left, left };
    }
    const half = Math.ceil(due.length / 2);
    const one = await carryOut(context, due.slice(0, half), at, listed);
    const two = await carryOut(context, due.slice(half), at, listed + one.revoked.length);
    return {
      revoked: [...one.revoked, ...two.revoked],
      skipped: skipped + one.skipped + two.skipped,
      left: one.left + two.left,
    };
  }
}

async function writesOf(context: DueGroupContext, due: readonly [Due, ...Due[]], listed: number) {
  const now = context.now();
  const each = due.map((certificate) => {
    const { reason } = certificate.revokeOn;
    return revocationWrites(context, live(certificate), {
      reason,
      actor,
      now,
      due: certificate.revokeOn,
      licence: "caller",
    });
  });
  const entries = due.slice(0, Math.max(0, listedInDigest - listed)).map(({ certificateId }) => ({ certificateId }));
  return [
    context.digests.addToDigest(digestOf(due[0].tenantId), act, entries, due.length, now),
    ...(await Promise.all(each)).flatMap(({ writes }) => writes),
    ...licenceCountWrites(context, due),
  ];
}

function live(certificate: Certificate): Live {
  if (isLive(certificate)) return certificate;
  throw new Refusal("notLive");
}

/** Whether it could not be done, rather than that somebody has changed or done it meanwhile. */
async function isLeft(context: DueGroupContext, due: Due, error: unknown): Promise<boolean> {
  const { tenantId, certificateId, revokeOn } = due;
  const plan = (await context.certificates.find(tenantId, certificateId))?.revokeOn;
  if (error instanceof Refusal && plan?.plannedAt !== revokeOn.plannedAt) return false;
  context.log("planned revocation not done", { certificateId, error });
  return true;
}
