import { randomUUID } from "node:crypto";
import { startThread, type FunctionSettings, type Outcome, type Thread } from "./function-thread.ts";
import { openLog } from "./log.ts";

/** One function of the stack. Concurrent invocations beyond its limit wait in order. */
export type LocalFunction = {
  readonly settings: FunctionSettings;
  /** The event is passed as JSON. Does not throw if the function fails. */
  invoke(event: unknown): Promise<Outcome>;
  /** Loads the bundle before the first call. Throws if it cannot be loaded. */
  warm(): Promise<void>;
  /** Waits for running calls, `grace` milliseconds at most, then ends the threads. */
  stop(grace: number): Promise<void>;
};

/** Lambda's limit for a synchronous event and its answer. */
const payloadLimit = 6_291_556;
const tooLarge = (kind: string, size: number): Outcome => ({
  ok: false,
  crashed: false,
  error: {
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: `${kind} payload size (${size} bytes) exceeded maximum allowed payload size (${payloadLimit} bytes).`,
  },
});

/**
 * Runs a function's bundle in threads of this process. `report` receives a line for each thread that
 * crashes; the function's output goes to `<logs>/<logical id>.log`, readable by this user only.
 */
export function localFunction(settings: FunctionSettings, logs: string, report: (line: string) => void): LocalFunction {
  const { logicalId } = settings;
  const log = openLog(logs, logicalId);
  const idle: Thread[] = [];
  const threads = new Set<Thread>();
  const queue: (() => void)[] = [];
  let running = 0;
  const calls = new Set<Promise<Outcome>>();
  let stopped = false;

  const startOne = (): Thread => {
    const thread = startThread(settings, log);
    threads.add(thread);
    return thread;
  };

  /** Returns a thread to the idle ones, or drops it if it has ended; then the next waiting call starts. */
  const release = (thread: Thread): void => {
    if (thread.alive()) idle.push(thread);
    else threads.delete(thread);
    const next = queue.shift();
    if (next) next();
    else running--;
  };

  const acquire = async (): Promise<Thread> => {
    if (running < settings.limit) running++;
    else await new Promise<void>((resolve) => queue.push(resolve));
    let thread = idle.pop();
    while (thread && !thread.alive()) {
      threads.delete(thread);
      thread = idle.pop();
    }
    return thread ?? startOne();
  };

  const call = async (event: string): Promise<Outcome> => {
    const thread = await acquire();
    const requestId = randomUUID();
    const unusable = await thread.loaded;
    if (unusable) {
      await thread.stop();
      release(thread);
      report(`${logicalId} cannot be loaded: ${unusable.errorMessage}`);
      return { ok: false, error: unusable, crashed: true };
    }
    const startedAt = Date.now();
    const outcome = await thread.call({ requestId, event, deadline: startedAt + settings.timeout * 1000 });
    release(thread);
    log.lines.write(
      `REPORT RequestId: ${requestId} Duration: ${Date.now() - startedAt} ms${outcome.ok ? "" : ` Error: ${outcome.error.errorType}`}\n`,
    );
    if (!outcome.ok && outcome.crashed) report(`${logicalId}: ${outcome.error.errorMessage}`);
    return outcome;
  };

  return {
    settings,
    invoke: async (event) => {
      if (stopped)
        return {
          ok: false,
          crashed: false,
          error: { errorType: "ServiceException", errorMessage: `${logicalId} is stopping` },
        };
      const text = JSON.stringify(event);
      if (text.length > payloadLimit) return tooLarge("Request", text.length);
      const running = call(text);
      calls.add(running);
      const outcome = await running;
      calls.delete(running);
      return outcome.ok && outcome.payload.length > payloadLimit
        ? tooLarge("Response", outcome.payload.length)
        : outcome;
    },
    warm: async () => {
      const thread = await acquire();
      const unusable = await thread.loaded;
      if (unusable) await thread.stop();
      release(thread);
      if (unusable) throw new Error(`${logicalId} cannot be loaded: ${unusable.errorMessage}`);
    },
    stop: async (grace) => {
      stopped = true;
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, grace);
      await Promise.race([Promise.allSettled(calls), patience.promise]);
      clearTimeout(timer);
      await Promise.all([...threads].map((thread) => thread.stop()));
      await log.end();
    },
  };
}
