import { describe, expect, it } from "vitest";
import type { QueuedJob } from "../../lambdas/imports/job.ts";
import { queuePositionOf } from "../../lambdas/imports/view.ts";
import { runningJob } from "./job.ts";

const now = new Date("2026-11-22T03:00:00.000Z");
const queued = (tenantId: string, rows: number, ended: number, pace: number): QueuedJob => ({
  tenantId,
  jobId: `${tenantId}-j000000000000`,
  acceptedAt: now.toISOString(),
  rows,
  ended,
  pace,
});
const job = runningJob({ tenantId: "own", serviceId: "s", rows: 40, createdAt: now.toISOString() });
const counts = { done: 8, failed: 1, skipped: 1, stopped: 0 };

describe("standingOf", () => {
  it("counts the files of all tenants that were accepted before, and their rows that have not ended", () => {
    const queue = [
      queued("a", 60, 20, 3),
      queued("b", 5000, 4990, 5),
      queued("own", 40, 10, 2),
      queued("c", 900, 0, 0),
    ];
    const { filesAhead, rowsAhead, estimatedEnd } = queuePositionOf(queue, job, counts, now);
    expect({ filesAhead, rowsAhead }).toEqual({ filesAhead: 2, rowsAhead: 40 + 10 });
    // 50 rows ahead and 30 of its own, at the 10 rows a second that all do together.
    expect(estimatedEnd).toEqual(new Date(now.getTime() + 8_000));
  });

  it("has nothing ahead of the oldest file, and guesses its end while nobody knows the pace", () => {
    const queue = [queued("own", 40, 10, 0), queued("c", 900, 0, 0)];
    expect(queuePositionOf(queue, job, counts, now)).toEqual({
      filesAhead: 0,
      rowsAhead: 0,
      estimatedEnd: new Date(now.getTime() + 6_000),
    });
  });

  it("never counts less than nothing of a file that ends at this moment", () => {
    const queue = [queued("a", 60, 61, 1), queued("own", 40, 10, 1)];
    expect(queuePositionOf(queue, job, counts, now)).toMatchObject({ filesAhead: 1, rowsAhead: 0 });
  });
});
