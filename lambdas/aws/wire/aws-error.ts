/** What a service refused; `name` is the code that AWS documents for the operation. */
export class AwsError extends Error {
  override readonly name: string;
  readonly status: number;
  /** Of a cancelled transaction: one for each of its writes, in order; `None` where it was not to blame. */
  readonly reasons: readonly { readonly Code?: string }[];

  constructor(name: string, message: string, status: number, reasons: AwsError["reasons"] = []) {
    super(`${name}: ${message}`);
    this.name = name;
    this.status = status;
    this.reasons = reasons;
  }
}

/** True for a write whose condition did not hold. */
export const conditionFailed = (error: unknown): boolean =>
  error instanceof AwsError && error.name === "ConditionalCheckFailedException";

/** The error of a transaction that was cancelled; undefined for every other. */
export const cancelled = (error: unknown): AwsError | undefined =>
  error instanceof AwsError && error.name === "TransactionCanceledException" ? error : undefined;
