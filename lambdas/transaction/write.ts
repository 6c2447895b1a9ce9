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

/** Thrown by a commit whose Idempotency-Key was used meanwhile: the call is answered from memory. */
export class Repeated extends Error {}
