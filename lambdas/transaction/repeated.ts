/** Thrown by a commit whose Idempotency-Key was used meanwhile: the call is answered from memory. */
export class Repeated extends Error {}
