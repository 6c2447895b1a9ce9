/** What a function's thread is given when it starts. */
export type WorkerStart = {
  /** File URL of the bundle. */
  readonly bundle: string;
  /** Name of the exported function. */
  readonly handler: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memory: number;
  /** Milliseconds by which the run's clock is ahead of the system's. */
  readonly clockShift: number;
};

/** One invocation; the event is JSON text, so that only JSON passes. */
export type WorkerCall = { readonly requestId: string; readonly event: string; readonly deadline: number };

/** A failure as Lambda reports it. */
export type FunctionError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
};

export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "unusable"; readonly error: FunctionError }
  | { readonly kind: "result"; readonly requestId: string; readonly payload: string }
  | { readonly kind: "failure"; readonly requestId: string; readonly error: FunctionError };
