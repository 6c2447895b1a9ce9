import { Worker } from "node:worker_threads";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { clockShift } from "./clock.ts";
import type { Log } from "./log.ts";
import type { FunctionError, WorkerCall, WorkerReply, WorkerStart } from "./worker-messages.ts";

/** A deployed function as its template describes it, resolved. */
export type FunctionSettings = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Absolute path of the asset's folder. */
  readonly code: string;
  /** `index.handler`. */
  readonly handler: string;
  /** Seconds. */
  readonly timeout: number;
  /** MB. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Maximum of concurrent threads. */
  readonly limit: number;
};

/** The result of an invocation as JSON text, or the error. `crashed`: the thread ended by itself or was ended. */
export type Outcome =
  | { readonly ok: true; readonly payload: string }
  | { readonly ok: false; readonly error: FunctionError; readonly crashed: boolean };

/** One thread with the bundle loaded; takes one call at a time. */
export type Thread = {
  /** Resolves when the bundle is loaded, or with the error that prevents it. */
  readonly loaded: Promise<FunctionError | undefined>;
  readonly alive: () => boolean;
  call(call: WorkerCall): Promise<Outcome>;
  stop(): Promise<void>;
};

const exitError = (requestId: string, reason: string): FunctionError => ({
  errorType: "Runtime.ExitError",
  errorMessage: `RequestId: ${requestId} Error: ${reason}`,
});

/**
 * The heap as Lambda's runtime sets it: a semi-space of 5 % of the function's memory, of which V8 has three for young
 * objects, and 90 % for old ones. https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
const heapOf = (memory: number) => ({
  maxYoungGenerationSizeMb: 3 * Math.floor(memory * 0.05),
  maxOldGenerationSizeMb: Math.floor(memory * 0.9),
});

/** Starts a thread; its output goes to `log`. */
export function startThread(settings: FunctionSettings, log: Log): Thread {
  const [file = "index", handler = "handler"] = settings.handler.split(".");
  const start: WorkerStart = {
    bundle: pathToFileURL(join(settings.code, `${file}.mjs`)).href,
    handler,
    functionName: settings.name,
    functionArn: settings.arn,
    memory: settings.memory,
    clockShift: clockShift(),
  };
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    name: settings.logicalId,
    workerData: start,
    env: { ...settings.environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: heapOf(settings.memory),
  });
  worker.stdout.pipe(log.lines, { end: false });
  worker.stderr.pipe(log.errors, { end: false });
  let alive = true;
  let reason = "Runtime exited without providing a reason";
  let waiting: { requestId: string; settle(outcome: Outcome): void } | undefined;
  let settleLoaded: (error: FunctionError | undefined) => void = () => {};
  const loaded = new Promise<FunctionError | undefined>((resolve) => (settleLoaded = resolve));
  const settle = (outcome: Outcome): void => {
    const current = waiting;
    waiting = undefined;
    current?.settle(outcome);
  };
  worker.on("message", (reply: WorkerReply) => {
    if (reply.kind === "ready") settleLoaded(undefined);
    else if (reply.kind === "unusable") settleLoaded(reply.error);
    else if (reply.requestId !== waiting?.requestId) return;
    else
      settle(
        reply.kind === "result"
          ? { ok: true, payload: reply.payload }
          : { ok: false, error: reply.error, crashed: false },
      );
  });
  worker.on("error", (error) => (reason = error instanceof Error ? error.message : String(error)));
  worker.on("exit", () => {
    alive = false;
    settleLoaded(exitError("-", reason));
    if (waiting) settle({ ok: false, error: exitError(waiting.requestId, reason), crashed: true });
  });
  return {
    loaded,
    alive: () => alive,
    stop: async () => {
      alive = false;
      await worker.terminate();
    },
    call: async (call) => {
      const outcome = Promise.withResolvers<Outcome>();
      waiting = { requestId: call.requestId, settle: outcome.resolve };
      const timer = setTimeout(() => {
        const errorMessage = `${new Date().toISOString()} ${call.requestId} Task timed out after ${settings.timeout.toFixed(2)} seconds`;
        alive = false;
        settle({ ok: false, error: { errorType: "Sandbox.Timedout", errorMessage }, crashed: true });
        void worker.terminate();
      }, call.deadline - Date.now());
      worker.postMessage(call);
      try {
        return await outcome.promise;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
