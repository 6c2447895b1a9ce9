import type { RevocationReason } from "../../../lambdas/contract/shapes.ts";

/** What is to become of the chosen certificates. */
export const actions = ["now", "day", "cancel"] as const;
export type Action = (typeof actions)[number];

export type Choice = {
  readonly action: Action;
  readonly reason: RevocationReason;
  /** As it was typed (`day.ts`). */
  readonly day: string;
};

/** Another choice is another request with an idempotency key of its own; a retry has the same key, and is answered as the first was. */
export const choiceKey = ({ action, reason, day }: Choice): string =>
  action === "cancel" ? action : action === "now" ? `${action} ${reason}` : `${action} ${reason} ${day}`;
