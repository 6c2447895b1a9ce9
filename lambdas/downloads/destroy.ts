import { findWhole } from "../certificates/whole.ts";
import type { Certificate, CertificateKey } from "../certificates/certificate.ts";
import type { Material } from "../certificates/material.ts";
import type { Ports } from "../certificates/ports.ts";
import { committed } from "../transaction/write.ts";

export type DestroyContext = Pick<
  Ports,
  "now" | "commit" | "certificates" | "materials" | "keyEnds" | "audit" | "log"
> & {
  readonly access: Pick<Ports["access"], "endCredential">;
  /** Removes what was prepared of the key for its holder or in a package. May be repeated. */
  readonly removePrepared: (certificate: Certificate) => Promise<void>;
};

export type DestroyedKeys = {
  readonly destroyed: number;
  /** Still due: what failed, and what there was no time for. */
  readonly left: number;
};

const sideBySide = 16;
/** Days during which a returning holder learns that the key was destroyed; then the credential is forgotten. */
const forgottenAfterDays = 90;
const day = 86_400_000;

/**
 * Destroys the private keys and passwords whose time is over at the instant: of downloaded, revoked and expired
 * certificates. Then what was prepared of them is removed, and only then the end is settled, so that a run that is
 * stopped between is taken up. Two simultaneous runs are harmless. What is not begun by `until` is left to the next run.
 */
export async function destroyKeys(context: DestroyContext, at: Date, until: Date): Promise<DestroyedKeys> {
  const due = [...(await context.keyEnds.listDue(at.toISOString()))];
  const counts = { destroyed: 0, skipped: 0, left: 0 };
  const work = async (): Promise<void> => {
    for (let one = due.pop(); one !== undefined; one = due.pop()) {
      counts[context.now() < until ? await endKey(context, one, at) : "left"] += 1;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return { destroyed: counts.destroyed, left: counts.left };
}

/** One key; the index may be behind, so the row decides. */
async function endKey(
  context: DestroyContext,
  { tenantId, certificateId }: CertificateKey,
  at: Date,
): Promise<"destroyed" | "skipped" | "left"> {
  try {
    const whole = await findWhole(context, tenantId, certificateId);
    if (whole === undefined) return "skipped";
    const { certificate, material } = whole;
    if (certificate.keyEndsAt === undefined || certificate.keyEndsAt > at.toISOString()) return "skipped";
    const destroyed = material?.sealedKey !== undefined && (await destroyKey(context, certificate, material));
    await context.removePrepared(certificate);
    await context.keyEnds.settle(certificate);
    return destroyed ? "destroyed" : "skipped";
  } catch (error) {
    // One that cannot be done must not hold up the others; it stays due.
    context.log("key not destroyed", { certificateId, error });
    return "left";
  }
}

/** False where another run has destroyed it. */
async function destroyKey(
  context: DestroyContext,
  { tenantId, certificateId }: Certificate,
  { loginHash }: Material,
): Promise<boolean> {
  const now = context.now();
  return committed(
    context.commit([
      context.materials.destroyKey(tenantId, certificateId, now),
      context.access.endCredential(
        loginHash,
        { tenantId, certificateId },
        new Date(now.getTime() + forgottenAfterDays * day),
      ),
      context.audit.record({
        tenantId,
        at: now,
        actor: { kind: "system", name: "nightly" },
        action: "key.destroy",
        subject: certificateId,
      }),
    ]),
  );
}
