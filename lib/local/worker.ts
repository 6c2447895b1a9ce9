import { parentPort, workerData } from "node:worker_threads";
import { shiftClock } from "./aws/clock.ts";
import type { FunctionError, WorkerCall, WorkerReply, WorkerStart } from "./worker-messages.ts";

// The thread of one function: imports the bundle once, then handles one call after another.

const start = workerData as WorkerStart;
shiftClock(start.clockShift);
const send = (reply: WorkerReply): void => parentPort?.postMessage(reply);

function errorOf(thrown: unknown): FunctionError {
  if (!(thrown instanceof Error)) return { errorType: typeof thrown, errorMessage: String(thrown) };
  return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? "").split("\n") };
}

const contextOf = ({ requestId, deadline }: WorkerCall) => ({
  functionName: start.functionName,
  functionVersion: "$LATEST",
  invokedFunctionArn: start.functionArn,
  memoryLimitInMB: String(start.memory),
  awsRequestId: requestId,
  logGroupName: `/aws/lambda/${start.functionName}`,
  logStreamName: "local",
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
});

type Handler = (event: unknown, context: ReturnType<typeof contextOf>) => unknown;

async function load(): Promise<Handler> {
  const module = (await import(start.bundle)) as Record<string, unknown>;
  const handler = module[start.handler];
  if (typeof handler !== "function") throw new Error(`${start.bundle} exports no function "${start.handler}"`);
  return handler as Handler;
}

async function answer(handler: Handler, call: WorkerCall): Promise<void> {
  try {
    const result = await handler(JSON.parse(call.event), contextOf(call));
    // JSON.stringify gives undefined for undefined; Lambda answers null.
    const payload = (JSON.stringify(result) as string | undefined) ?? "null";
    send({ kind: "result", requestId: call.requestId, payload });
  } catch (thrown) {
    const error = errorOf(thrown);
    console.error(JSON.stringify({ level: "ERROR", requestId: call.requestId, ...error }));
    send({ kind: "failure", requestId: call.requestId, error });
  }
}

try {
  const handler = await load();
  parentPort?.on("message", (call: WorkerCall) => void answer(handler, call));
  send({ kind: "ready" });
} catch (thrown) {
  send({ kind: "unusable", error: errorOf(thrown) });
}
