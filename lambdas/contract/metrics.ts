import type { RefusalKind } from "./refusals.ts";

/** What functions count and alarms watch: written as CloudWatch's embedded metrics, read by the stack. */
export const metricNamespace = "Warifu";
export const metricService = "warifu";
export type MetricName = "CrlPublished" | "CrlDiffersFromLedger" | "Refused";

/** Refusals that are logged and counted by their kind, for in numbers each may be an attack. */
export const watchedRefusals = [
  "unauthenticated",
  "forgery",
  "signInFailed",
  "tooManyTries",
  "noticeUnknown",
  "operatorIdentity",
] as const satisfies readonly RefusalKind[];
export type WatchedRefusal = (typeof watchedRefusals)[number];

export const isWatched = (kind: string): kind is WatchedRefusal => watchedRefusals.some((watched) => watched === kind);
