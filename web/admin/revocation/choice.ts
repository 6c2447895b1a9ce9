import type { RevocationReason } from "../../../lambdas/contract/shapes.ts";

/** What is to become of the chosen certificates. */
export const actions = ["now", "day", "cancel"] as const;
export type Action = (typeof actions)[number];

export type Choice = {
  readonly action: Action;
  readonly reason: RevocationReason;
  /** The picker's value, `yyyy-mm-dd` when it is whole. */
  readonly day: string;
};

/** Another choice is another intention: each has its Idempotency-Key per certificate, so that a retry is answered as the first was. */
export const intentionOf = ({ action, reason, day }: Choice): string =>
  action === "cancel" ? action : action === "now" ? `${action} ${reason}` : `${action} ${reason} ${day}`;
