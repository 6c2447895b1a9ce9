/** What functions count and alarms watch: written as CloudWatch's embedded metrics, read by the stack. */
export const metricNamespace = "Warifu";
export const metricService = "warifu";
export type MetricName = "CrlPublished" | "CrlDiffersFromLedger";
