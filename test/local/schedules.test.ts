import { SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LocalFunction } from "../../lib/local/functions.ts";
import { runSchedules, type Schedule } from "../../lib/local/schedules.ts";

const queues = new SQSClient({ region: "ap-northeast-1" });
let stop = (): void => {};
beforeEach(() => {
  vi.useFakeTimers({ now: new Date("2026-11-22T00:00:00Z") });
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

/** Runs one schedule whose target is a function that fails the first `failures` times. */
function started(expression: string, last?: string, failures = 0) {
  const events: unknown[] = [];
  const fired: string[] = [];
  const reports: string[] = [];
  let left = failures;
  const target: LocalFunction = {
    settings: {
      logicalId: "Target",
      name: "target",
      arn: "arn",
      code: "",
      handler: "index.handler",
      timeout: 1,
      memory: 1,
      environment: {},
      limit: 1,
    },
    invoke: async (event) => {
      if (left-- > 0) return { ok: false, crashed: false, error: { errorType: "Error", errorMessage: "not yet" } };
      events.push(event);
      return { ok: true, payload: "null" };
    },
    warm: async () => {},
    stop: async () => {},
  };
  const schedule: Schedule = {
    logicalId: "Monthly",
    expression,
    zone: "Asia/Tokyo",
    input: '{"due":"<aws.scheduler.scheduled-time>"}',
    target: { kind: "function", function: target },
  };
  const timers = runSchedules([schedule], {
    queues,
    last: () => (last === undefined ? undefined : new Date(last)),
    fired: (_, due) => fired.push(due.toISOString()),
    report: (line) => reports.push(line),
  });
  stop = timers.stop;
  return { events, fired, reports, timers };
}

const minute = 60_000;

describe("running a schedule", () => {
  it("fires a rate soon after the start, then at its distance", async () => {
    const { events } = started("rate(5 minutes)");
    await vi.advanceTimersByTimeAsync(3_000);
    expect(events).toEqual([{ due: "2026-11-22T00:00:02Z" }]);
    await vi.advanceTimersByTimeAsync(10 * minute);
    expect(events).toEqual(
      [2, 302, 602].map((s) => ({ due: new Date(Date.UTC(2026, 10, 22, 0, 0, s)).toISOString().replace(".000", "") })),
    );
  });

  it("fires a cron expression at its times and not before", async () => {
    const { events } = started("cron(0 10 * * ? *)");
    await vi.advanceTimersByTimeAsync(59 * minute);
    expect(events).toEqual([]);
    await vi.advanceTimersByTimeAsync(24 * 60 * minute);
    expect(events).toEqual([{ due: "2026-11-22T01:00:00Z" }]);
    await vi.advanceTimersByTimeAsync(2 * minute);
    expect(events).toHaveLength(2);
  });

  it("waits longer than one timer can", async () => {
    const { events } = started("cron(0 3 1 2 ? *)");
    await vi.advanceTimersByTimeAsync(71 * 24 * 60 * minute);
    expect(events).toEqual([{ due: "2027-01-31T18:00:00Z" }]);
  });

  it("makes up once for a time that passed while nothing ran", async () => {
    const { events, fired } = started("cron(0 3 1 * ? *)", "2026-08-10T00:00:00Z");
    await vi.advanceTimersByTimeAsync(minute);
    expect(events).toEqual([{ due: "2026-08-31T18:00:00Z" }]);
    expect(fired).toEqual(["2026-08-31T18:00:00.000Z"]);
  });

  it("owes nothing to a new data folder, and counts from now", async () => {
    const { events, fired } = started("cron(0 3 1 * ? *)");
    await vi.advanceTimersByTimeAsync(minute);
    expect([events, fired]).toEqual([[], ["2026-11-22T00:00:00.000Z"]]);
  });

  it("tries a failed delivery again with its own time, and says so", async () => {
    const { events, reports } = started("cron(1 9 * * ? *)", undefined, 2);
    await vi.advanceTimersByTimeAsync(2 * minute);
    expect(events).toEqual([{ due: "2026-11-22T00:01:00Z" }]);
    expect(reports).toEqual(["schedule Monthly (try 1 of 5): not yet", "schedule Monthly (try 2 of 5): not yet"]);
  });

  it("ends with stop", async () => {
    const { events, timers } = started("rate(5 minutes)");
    timers.stop();
    await vi.advanceTimersByTimeAsync(20 * minute);
    expect(events).toEqual([]);
  });
});
