import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { FunctionSettings } from "../../lib/local/function-thread.ts";
import { localFunction } from "../../lib/local/functions.ts";
import { assemblyOf, temporaryFolder } from "./assembly.ts";
import { anyNumber, matching } from "./matching.ts";

function started(source: string, settings: Partial<FunctionSettings> = {}) {
  const folder = temporaryFolder();
  const { assets } = assemblyOf(folder.path, {}, { one: source });
  const lines: string[] = [];
  const logs = join(folder.path, "logs");
  const one = localFunction(
    {
      logicalId: "One",
      name: "one",
      arn: "arn:aws:lambda:ap-northeast-1:000000000000:function:one",
      code: assets.get("one.zip") ?? "",
      handler: "index.handler",
      timeout: 5,
      memory: 128,
      environment: { TABLE: "t" },
      limit: 1,
      ...settings,
    },
    logs,
    (line) => lines.push(line),
  );
  onTestFinished(async () => {
    await one.stop(0);
    folder[Symbol.dispose]();
  });
  return { one, lines, log: join(logs, "One.log") };
}

const payloadOf = async (outcome: ReturnType<ReturnType<typeof started>["one"]["invoke"]>): Promise<unknown> => {
  const settled = await outcome;
  return settled.ok ? JSON.parse(settled.payload) : settled.error;
};

describe("invoking a function", () => {
  it("passes event and result as JSON and nothing else", async () => {
    const { one } = started(
      "export const handler = async (event) => ({ event, date: new Date(0), gone: undefined, map: new Map([[1, 2]]) })",
    );
    expect(await payloadOf(one.invoke({ at: new Date(0), gone: undefined, n: 1 }))).toEqual({
      event: { at: "1970-01-01T00:00:00.000Z", n: 1 },
      date: "1970-01-01T00:00:00.000Z",
      map: {},
    });
  });

  it("answers null for no result", async () => {
    const { one } = started("export const handler = async () => {}");
    expect(await one.invoke({})).toEqual({ ok: true, payload: "null" });
  });

  it("gives the function its environment, and no other, and Lambda's context", async () => {
    process.env["OF_THE_RUNNER"] = "secret";
    const { one } = started(
      "export const handler = async (_, context) => ({ env: process.env, id: context.awsRequestId, left: context.getRemainingTimeInMillis(), name: context.functionName })",
    );
    const result = await payloadOf(one.invoke({}));
    expect(result).toEqual({ env: { TABLE: "t" }, id: matching(/^[0-9a-f-]{36}$/), left: anyNumber(), name: "one" });
    expect((result as { left: number }).left).toBeGreaterThan(4_000);
  });

  it("reports a thrown error with its type", async () => {
    const { one, lines } = started("export const handler = async () => { throw new RangeError('too far') }");
    expect(await one.invoke({})).toMatchObject({
      ok: false,
      crashed: false,
      error: { errorType: "RangeError", errorMessage: "too far" },
    });
    expect(lines).toEqual([]);
  });

  it("ends a call that outlasts the timeout, says so, and takes the next one", async () => {
    const { one, lines } = started(
      "export const handler = async (event) => { if (event.hang) for (;;); return 'well' }",
      { timeout: 0.5 },
    );
    const first = await one.invoke({ hang: true });
    expect(first).toMatchObject({
      ok: false,
      crashed: true,
      error: { errorType: "Sandbox.Timedout", errorMessage: matching(/Task timed out after 0\.50 seconds$/) },
    });
    expect(lines).toHaveLength(1);
    expect(await payloadOf(one.invoke({}))).toBe("well");
  });

  it("outlives a function that exits", async () => {
    const { one, lines } = started(
      "export const handler = async (event) => { if (event.exit) process.exit(3); return 'well' }",
    );
    expect(await one.invoke({ exit: true })).toMatchObject({
      ok: false,
      crashed: true,
      error: { errorType: "Runtime.ExitError" },
    });
    expect(lines).toHaveLength(1);
    expect(await payloadOf(one.invoke({}))).toBe("well");
  });

  it("says why a bundle cannot be loaded", async () => {
    const { one, lines } = started("throw new Error('TABLE is missing')");
    await expect(one.warm()).rejects.toThrow("One cannot be loaded: TABLE is missing");
    expect(await one.invoke({})).toMatchObject({ ok: false, error: { errorMessage: "TABLE is missing" } });
    expect(lines).toEqual(["One cannot be loaded: TABLE is missing"]);
  });

  const slow = `let running = 0
    export const handler = async () => { running++; await new Promise((go) => setTimeout(go, 50)); return running-- }`;
  it("runs one call at a time in a thread, the others after it", async () => {
    const { one } = started(slow);
    expect(await Promise.all([1, 2, 3].map(() => payloadOf(one.invoke({}))))).toEqual([1, 1, 1]);
  });

  it("starts more threads up to the limit while calls wait", async () => {
    const { one } = started(
      "import { threadId } from 'node:worker_threads'\nexport const handler = async () => { await new Promise((go) => setTimeout(go, 50)); return threadId }",
      { limit: 2 },
    );
    await one.warm();
    const threads = await Promise.all([1, 2, 3, 4, 5, 6].map(() => payloadOf(one.invoke({}))));
    expect(new Set(threads).size).toBe(2);
  });

  it("writes what the function prints to a file that only this user reads", async () => {
    const { one, log } = started(
      "export const handler = async () => { console.log('a line'); console.error('another') }",
    );
    await one.invoke({});
    await one.stop(1_000);
    expect(readFileSync(log, "utf8")).toMatch(/a line[^]*|another/);
    expect(readFileSync(log, "utf8")).toContain("REPORT RequestId");
    expect(statSync(log).mode & 0o777).toBe(0o600);
  });

  it("refuses an answer over Lambda's limit", async () => {
    const { one } = started("export const handler = async () => 'x'.repeat(7_000_000)");
    expect(await one.invoke({})).toMatchObject({ ok: false, error: { errorType: "Function.ResponseSizeTooLarge" } });
  });
});
