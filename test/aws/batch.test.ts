import type { SQSEvent } from "aws-lambda";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { batch } from "../../lambdas/aws/batch.ts";

const eventOf = (...bodies: readonly object[]): SQSEvent =>
  ({
    Records: bodies.map((body, at) => ({
      messageId: `m${at}`,
      body: JSON.stringify(body),
      attributes: { ApproximateReceiveCount: "2" },
    })),
  }) as SQSEvent;
const refuse = ({ bad }: { bad?: boolean }): Promise<void> =>
  bad ? Promise.reject(new Error("refused")) : Promise.resolve();
const failed = { batchItemFailures: [{ itemIdentifier: "m1" }] };

let logged: string[];
beforeEach(() => {
  logged = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void logged.push(line));
});
afterEach(() => vi.restoreAllMocks());

describe("a batch", () => {
  it("is worked side by side, and reports what failed alone", async () => {
    const begun: unknown[] = [];
    const all = Promise.withResolvers<void>();
    const handler = batch<{ bad?: boolean }>(async (message, receives) => {
      if (begun.push(receives) === 3) all.resolve();
      await all.promise;
      await refuse(message);
    });
    expect(await handler(eventOf({}, { bad: true, secret: "s" }, {}))).toEqual(failed);
    expect(begun).toEqual([2, 2, 2]);
    expect(logged.join()).toContain("refused");
    expect(logged.join()).not.toContain("secret");
  });

  it("is ended once, whatever failed in it", async () => {
    let times = 0;
    const handler = batch(refuse, async () => void (times += 1));
    expect(await handler(eventOf({}, { bad: true }))).toEqual(failed);
    expect(times).toBe(1);
  });

  it("fails whole when it cannot be ended, and the log still tells what else failed", async () => {
    const handler = batch(refuse, () => Promise.reject(new Error("no end")));
    await expect(handler(eventOf({}, { bad: true }))).rejects.toThrow("no end");
    expect(logged.join()).toContain("refused");
  });
});
