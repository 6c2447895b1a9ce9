import type { Ports } from "../certificates/ports.ts";
import { committed } from "../transaction/write.ts";

export type DestroyContext = Pick<Ports, "now" | "commit" | "materials" | "audit" | "log"> & {
  readonly access: Pick<Ports["access"], "endCredential">;
};

export type DestroyedKeys = {
  readonly destroyed: number;
  /** Still due: what failed, and what there was no time for. */
  readonly left: number;
};

const sideBySide = 8;
/** Days during which a returning holder learns that the key was destroyed; then the credential is forgotten. */
const forgottenAfterDays = 90;
const day = 86_400_000;

/**
 * Destroys the private keys and passwords whose time is over at the instant, each in its own transaction
 * with its audit. Two simultaneous runs are harmless. What is not begun by `until` is left to the next run.
 */
export async function destroyKeys(context: DestroyContext, at: Date, until: Date): Promise<DestroyedKeys> {
  const due = [...(await context.materials.listKeysDue(at.toISOString()))];
  const counts = { destroyed: 0, skipped: 0, left: 0 };
  const work = async (): Promise<void> => {
    for (let one = due.pop(); one !== undefined; one = due.pop()) {
      counts[context.now() < until ? await destroyKey(context, one, at) : "left"] += 1;
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  return { destroyed: counts.destroyed, left: counts.left };
}

/** One key; the index may be behind, so the material decides, and its condition. */
async function destroyKey(
  context: DestroyContext,
  { tenantId, certificateId }: { readonly tenantId: string; readonly certificateId: string },
  at: Date,
): Promise<"destroyed" | "skipped" | "left"> {
  const now = context.now();
  try {
    const material = await context.materials.find(tenantId, certificateId);
    if (material?.sealedKey === undefined) return "skipped";
    const destroyed = context.commit([
      context.materials.destroyKey(tenantId, certificateId, at, now),
      context.access.endCredential(
        material.loginHash,
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
    ]);
    return (await committed(destroyed)) ? "destroyed" : "skipped";
  } catch (error) {
    // One that cannot be done must not hold up the others; it stays due.
    context.log("key not destroyed", { certificateId, error });
    return "left";
  }
}
