import { Refusal } from "../refusal.ts";

/**
 * One conditional write of a transaction, made by a port and opaque to the domain. Verbs gather
 * writes from several ports and commit them together: all are done, or none.
 */
export type Write = { readonly write: unique symbol };

/**
 * Commits up to 100 writes atomically. When a write's condition fails, throws what that write said
 * it would mean (usually a `Refusal`); when transactions only collided, tries again by itself.
 */
export type Commit = (writes: readonly Write[]) => Promise<void>;

/**
 * True when the commit was done; false when a condition of it failed because another call changed the same thing
 * meanwhile (`changedMeanwhile`), as with a message that is delivered twice. Throws every other failure.
 */
export async function committed(commit: Promise<void>): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.kind === "changedMeanwhile") return false;
    throw error;
  }
}

/** Thrown by a commit whose Idempotency-Key was used meanwhile: the call is answered from memory. */
export class Repeated extends Error {}
