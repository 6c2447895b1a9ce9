import type { Ask } from "./iam/policy.ts";

/** An error in AWS's form: `code` becomes `__type`/`Code`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly extra: Record<string, unknown>;

  constructor(code: string, message: string, status = 400, extra: Record<string, unknown> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.extra = extra;
  }
}

/** A parsed JSON object: the body of a call or its answer. */
export type Json = Record<string, unknown>;

/** What one call consumed, for the meter: e.g. { read: 0.5 } or { write: 2 } capacity units. */
export type Units = Readonly<Record<string, number>>;

/** One operation of a service; throws AwsError to refuse. `gone` aborts when the caller disconnects, so that a long poll takes no messages for it. */
export type Operation = (input: Json, count: (units: Units) => void, gone?: AbortSignal) => Json | Promise<Json>;

/** A service of an AWS JSON protocol: the X-Amz-Target prefix and its operations by name; a missing one is answered 501 with its name. */
export type JsonService = {
  readonly name: string;
  readonly target: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** What a request wants to do, by which a role's rights are checked. Throws as the operation would. */
  asks(operation: string, input: Json): readonly Ask[];
  close(): void;
};
