import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createImport } from "../../lambdas/imports/create.ts";
import type { ImportJob, ImportRow, RowKey } from "../../lambdas/imports/job.ts";
import { sweepImports } from "../../lambdas/imports/sweep.ts";
import { actor, type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

let place: Place;
let sent: { rows: number[]; advances: number[]; packages: string[] };
beforeEach(async () => {
  by.clock.now = new Date(start);
  by.sent.notices.length = 0;
  place = await by.place();
  sent = { rows: [], advances: [], packages: [] };
});

const context = {
  ...by.context,
  jobOf: (tenantId: string, jobId: string) => by.context.jobs.find(tenantId, jobId),
  uploadForm: async (url: string) => ({ url, fields: {} }),
  // Files of the tests before are looked after as well.
  sendRows: async (rows: readonly RowKey[]) =>
    void sent.rows.push(...rows.flatMap(({ tenantId, row }) => (tenantId === place.tenantId ? row : []))),
  sendAdvance: async ({ tenantId }: { tenantId: string }, turn: number) => {
    if (tenantId === place.tenantId) sent.advances.push(turn);
  },
  sendNotices: async (notices: readonly { noticeId: string }[]) =>
    void by.sent.notices.push(...notices.map(({ noticeId }) => noticeId)),
  sendPackage: async ({ jobId }: { jobId: string }) => void sent.packages.push(jobId),
};
const later = (minutes: number) => new Date(Date.parse(start) + minutes * 60_000);
const sweepAt = (minutes: number) => sweepImports(context, later(minutes));

async function created(): Promise<ImportJob> {
  const { tenantId, serviceId } = place;
  const order = { tenantId, serviceId, operation: "revoke", fileName: "f.csv", bulkDownload: false, actor } as const;
  const { jobId } = await createImport(context, order, () => []);
  return current(jobId);
}
async function current(jobId: string): Promise<ImportJob> {
  const job = await by.context.jobs.find(place.tenantId, jobId);
  if (job === undefined) throw new Error("no job");
  return job;
}
const row = (job: ImportJob, at: number): ImportRow => ({
  tenantId: job.tenantId,
  jobId: job.jobId,
  row: at,
  line: at,
  state: "waiting",
  resent: 0,
  order: { operation: "revoke", cells: { primaryEmail: `${at}@m.jp`, certificateEmail: `${at}@m.jp`, device: "01" } },
});
/** A job of three rows that are all sent and of which nothing is heard. */
async function running(): Promise<ImportJob> {
  const { jobs, progress, rows, commit } = by.context;
  const job = await jobs.beginChecking(await created(), "1", start);
  if (job === undefined) throw new Error("no job");
  await rows.add([1, 2, 3].map((at) => row(job, at)));
  await commit(jobs.accept(job, 3, start));
  const accepted = await current(job.jobId);
  await progress.claimTurn(accepted, 0, start);
  await progress.save(accepted, { at: start, sentThrough: 3, ended: 0, pace: 0, moved: true });
  return current(job.jobId);
}

describe("the sweep of files", () => {
  it("has an upload looked for whose event has not come when the form is over, until it is known", async () => {
    const { jobId } = await created();
    await sweepAt(11);
    expect(by.sent.looks).not.toContain(jobId);
    await sweepAt(13);
    await sweepAt(18);
    expect(by.sent.looks.filter((one) => one === jobId)).toHaveLength(2);
    await by.context.jobs.beginChecking(await current(jobId), "1", start);
    await sweepAt(23);
    expect(by.sent.looks.filter((one) => one === jobId)).toHaveLength(2);
  });

  it("stops a file that nobody checks any more, and tells the administrators", async () => {
    const { jobId } = await created();
    await by.context.jobs.beginChecking(await current(jobId), "1", start);
    await sweepAt(80);
    expect((await current(jobId)).state).toBe("checking");
    await sweepAt(91);
    expect((await current(jobId)).state).toBe("stopped");
    expect((await by.notices(place)).map(({ kinds }) => kinds)).toEqual([["import-revoke-errors"]]);
    expect(await by.context.jobErrors.list({ ...place, jobId })).toEqual([{ row: 0, code: "checkFailed" }]);
  });

  it("advances a running file again whose messages did not arrive, in its present turn", async () => {
    const job = await running();
    await sweepAt(0.5);
    expect(sent.advances).toEqual([]);
    await sweepAt(1.5);
    expect(sent).toMatchObject({ advances: [job.turn], rows: [] });
  });

  it("sends rows again of which nothing is heard, but none that has moved on", async () => {
    const job = await running();
    await by.context.commit(by.context.rows.end(row(job, 2), "waiting", { state: "done" }));
    await sweepAt(3);
    expect(sent.rows).toEqual([1, 3]);
    await sweepAt(8);
    expect(sent.rows).toEqual([1, 3, 1, 3]);
  });

  it("ends a row that was sent again too often as failed, so that its file can end", async () => {
    const job = await running();
    for (let sweeps = 1; sweeps <= 6; sweeps++) await sweepAt(5 * sweeps);
    const rows = await by.context.rows.list(job);
    expect(rows.map(({ state, error }) => [state, error?.code])).toEqual([1, 2, 3].map(() => ["failed", "rowFailed"]));
    expect(await by.context.rows.count(job)).toEqual({ done: 0, failed: 3, skipped: 0, stopped: 0 });
  });

  it("is not held up by a file that cannot be taken up, and says so in the log", async () => {
    const [broken, other] = [await created(), await created()];
    const find = (tenantId: string, jobId: string) =>
      jobId === broken.jobId ? Promise.reject(new Error("broken")) : by.context.jobs.find(tenantId, jobId);
    const swept = await sweepImports({ ...context, jobs: { ...context.jobs, find } }, later(61));
    expect(swept.left).toBe(1);
    expect(by.sent.looks).toContain(other.jobId);
    expect(by.sent.log.at(-1)).toMatchObject({ jobId: broken.jobId });
  });

  it("counts what ends even when many rows end at once, and each once", async () => {
    const job = await running();
    const ends = [1, 2, 3, 1, 2, 3].map((at) =>
      by.context.commit(by.context.rows.end(row(job, at), "waiting", { state: "done" })),
    );
    const outcomes = await Promise.allSettled(ends);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
    expect(await by.context.rows.count(job)).toEqual({ done: 3, failed: 0, skipped: 0, stopped: 0 });
  });
});
