import { AwsError } from "./aws-error.ts";

/** Overload, by its codes: those of the SDK's standard mode that the services used here have. */
const overload = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
  // A single write that met a transaction: nothing was written. The SDK leaves this one to its caller.
  "TransactionConflictException",
  "TransactionInProgressException",
]);

/** Troubles of a moment inside AWS; 501 is none. `ReplicatedWriteConflictException` is DynamoDB's for global tables. */
const troubled = new Set([500, 502, 503, 504]);
const troubles = new Set(["RequestTimeout", "RequestTimeoutException", "ReplicatedWriteConflictException"]);

/** Node's codes for a connection that broke or did not come about. */
const broken = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
]);

/**
 * Why the same request may succeed a little later, or undefined where it would fail again.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function passing(error: unknown): "overload" | "trouble" | "broken connection" | undefined {
  if (error instanceof AwsError) {
    if (error.status === 429 || overload.has(error.name)) return "overload";
    return troubled.has(error.status) || troubles.has(error.name) ? "trouble" : undefined;
  }
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code !== undefined && broken.has(code) ? "broken connection" : undefined;
}
