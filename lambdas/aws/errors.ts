import {
  type CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";

/** True for a write whose condition does not hold. */
export const conditionFailed = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

/**
 * Why a transaction was cancelled: a reason for each of its writes, in order, with the code `None` for a write that is
 * not to blame. Undefined for every other error.
 */
export const cancellationReasons = (error: unknown): readonly CancellationReason[] | undefined =>
  error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : undefined;
