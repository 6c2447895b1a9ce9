import type { Context, SQSEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { messageHandler, queueHandler } from "../../lambdas/aws/queue-handler.ts";
import { logger } from "../../lambdas/telemetry/log.ts";

const eventOf = (...bodies: readonly (object | string)[]): SQSEvent =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m${at}`,
      body: typeof body === "string" ? body : JSON.stringify(body),
      attributes: { ApproximateReceiveCount: "2" },
    })),
  }) as SQSEvent;
const context = { functionName: "Test", awsRequestId: "r", memoryLimitInMB: "128" } as Context;
const refuse = ({ bad }: { bad?: boolean }): Promise<void> =>
  bad ? Promise.reject(new Error("refused")) : Promise.resolve();
const failed = { batchItemFailures: [{ itemIdentifier: "m1" }] };

let logged: unknown[];
beforeEach(() => {
  logged = [];
  vi.spyOn(logger, "error").mockImplementation((...line) => void logged.push(line));
});
afterEach(() => vi.restoreAllMocks());

const errors = () =>
  logged.map((line) => JSON.stringify(line, (_, v: unknown) => (v instanceof Error ? v.message : v)));

describe("messageHandler", () => {
  it("works a batch side by side, and reports what failed alone", async () => {
    const begun: unknown[] = [];
    const all = Promise.withResolvers<void>();
    const handler = messageHandler<{ bad?: boolean }>(async (message, receives) => {
      if (begun.push(receives) === 3) all.resolve();
      await all.promise;
      await refuse(message);
    });
    expect(await handler(eventOf({}, { bad: true, secret: "s" }, {}), context)).toEqual(failed);
    expect(begun).toEqual([2, 2, 2]);
    expect(errors().join()).toContain("refused");
    expect(errors().join()).not.toContain("secret");
  });

  it("fails a message that is not JSON by itself, and logs none of its text", async () => {
    const worked: unknown[] = [];
    const handler = messageHandler<object>(async (message) => void worked.push(message));
    expect(await handler(eventOf({ a: 1 }, "junk", { b: 2 }), context)).toEqual(failed);
    expect(worked).toEqual([{ a: 1 }, { b: 2 }]);
    expect(errors().join()).toContain("not JSON");
    expect(errors().join()).not.toContain("junk");
  });
});

describe("queueHandler", () => {
  it("retries the whole batch when its work throws, and logs why", async () => {
    const handler = queueHandler(() => Promise.reject(new Error("no end")));
    expect((await handler(eventOf({}, {}), context)).batchItemFailures).toHaveLength(2);
    expect(errors().join()).toContain("no end");
  });
});
