import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { advanceJob } from "../../lambdas/imports/advance.ts";
import { closeStopped } from "../../lambdas/imports/check.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import type { ImportJob, ImportRow, JobKey, RowKey } from "../../lambdas/imports/job.ts";
import { stopImport } from "../../lambdas/imports/stop.ts";
import { sweepImports } from "../../lambdas/imports/sweep.ts";
import { errorView, jobView } from "../../lambdas/imports/view.ts";
import { yamadaTaro } from "../person.ts";
import { actor, type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

let place: Place;
const sent = { rows: [] as number[], advances: [] as number[], packages: [] as string[] };
beforeEach(async () => {
  by.clock.now = new Date(start);
  by.sent.notices.length = 0;
  for (const list of Object.values(sent)) list.length = 0;
  place = await by.place({ mailDomains: ["mytest.jp"] });
  await by.context.commit([by.context.tenants.addOrganization({ ...place, name: "本社" })]);
});

const context = {
  ...by.context,
  jobOf: (tenantId: string, jobId: string) => by.context.jobs.find(tenantId, jobId),
  uploadForm: async (url: string) => ({ url, fields: {} }),
  sendRows: async (rows: readonly RowKey[]) => void sent.rows.push(...rows.map(({ row }) => row)),
  sendAdvance: async ({ tenantId }: JobKey, turn: number) => {
    if (tenantId === place.tenantId) sent.advances.push(turn);
  },
  sendPackage: async ({ jobId }: JobKey) => void sent.packages.push(jobId),
};
const { commit, jobs, rows, tenants } = context;
const operator = { kind: "operator", name: "tester", requestId: "1" } as const;

async function current(jobId: string): Promise<ImportJob> {
  const job = await jobs.find(place.tenantId, jobId);
  if (job === undefined) throw new Error("no job");
  return job;
}

/** A file of registrations that is accepted with its licences; `state` of an earlier moment leaves it there. */
async function file(count: number, state: "uploading" | "checking" | "accepted" = "accepted", bulkDownload = false) {
  const order = { ...place, operation: "register", fileName: "f.csv", bulkDownload, actor } as const;
  const { jobId } = await createImport(context, order, () => []);
  const key = { tenantId: place.tenantId, jobId };
  if (state === "uploading") return key;
  const job = await jobs.beginChecking(key, "1", start);
  const service = await tenants.findService(place.tenantId, place.serviceId);
  if (job === undefined || service === undefined) throw new Error("no job");
  if (state === "checking") return key;
  await rows.add(
    Array.from({ length: count }, (_, at): ImportRow => {
      const primaryEmail = `p${at}@mytest.jp`;
      const cells = { primaryEmail, certificateEmail: primaryEmail, ...yamadaTaro, device: "01" } as const;
      const request = { operation: "register", cells } as const;
      return { ...key, row: at + 1, line: at + 2, state: "waiting", resent: 0, order: request };
    }),
  );
  await commit([...jobs.accept(job, count, start), tenants.takeLicences(service, count)]);
  return key;
}

const stop = (key: JobKey) => stopImport(context, { ...key, actor: operator }, () => []);
const advance = async (key: JobKey) => advanceJob(context, key, (await current(key.jobId)).turn);
const kinds = async () => (await by.notices(place)).map(({ kinds: [kind] }) => kind);

describe("stopImport", () => {
  it("takes back the rows that are not begun, with their licences, and lets the others end", async () => {
    // No row is sent yet: none is sent after the stop, though one is under way.
    const key = await file(100);
    for (const row of [1, 50]) await commit(rows.end({ ...key, row }, "waiting", { state: "done" }));
    await commit([rows.markIssuing({ ...key, row: 2 }, `${place.tenantId}-c000000000000`)]);
    expect(await stop(key)).toMatchObject({ state: "accepted", stop: { actor: operator } });
    await advance(key);
    expect(await by.licencesUsed(place)).toBe(3);
    expect(await current(key.jobId)).toMatchObject({ state: "running" });
    expect(await kinds()).toEqual([]);
    await commit(rows.end({ ...key, row: 2 }, "issuing", { state: "done" }));
    await advance(key);
    await advance(key);
    const job = await current(key.jobId);
    const counts = { done: 3, failed: 0, skipped: 0, stopped: 97 };
    expect(job).toMatchObject({ state: "stopped", counts });
    expect(jobView(job, counts, "ja")).toMatchObject({
      stop: { actor: "サービス提供会社（担当: tester）" },
      mistakes: 0,
    });
    expect([await by.licencesUsed(place), sent.rows]).toEqual([3, []]);
    const errors = (await context.jobErrors.list(key)).map((error) => errorView(error, "ja"));
    expect(errors).toHaveLength(97);
    expect(errors[0]).toEqual({
      row: 4,
      column: 0,
      code: "fileStopped",
      message: "ファイルの処理が中止されたため、処理していません。",
      outcome: "stopped",
    });
    expect(await kinds()).toEqual(["import-register-stopped"]);
    const told = (await by.notices(place))[0]?.act?.told;
    expect(told).toMatchObject({ done: 3, stopped: 97, stoppedBy: "サービス提供会社（担当: tester）" });
    const lines = (await by.audited(place, by.clock.now)).map((line) => [line["action"], line["actor"]]);
    expect(lines).toContainEqual(["import.stop", operator]);
    expect(await jobs.listOpen()).not.toContainEqual(key);
  });

  it.each(["uploading", "checking"] as const)("ends a file that is %s, with nothing done", async (state) => {
    const key = await file(0, state);
    await stop(key);
    await advance(key);
    expect(await current(key.jobId)).toMatchObject({ state: "stopped", rows: 0 });
    expect(await context.jobErrors.list(key)).toEqual([{ row: 0, code: "fileStopped" }]);
    expect(await kinds()).toEqual(["import-register-stopped"]);
    // What is uploaded afterwards is not taken.
    expect(await jobs.beginChecking(key, "1", start)).toMatchObject({ state: "stopped" });
  });

  it("keeps a file from being accepted whose check is under way", async () => {
    const key = await file(0, "checking");
    const job = await current(key.jobId);
    await stop(key);
    await expect(commit(jobs.accept(job, 1, start))).rejects.toMatchObject({ kind: "changedMeanwhile" });
    await closeStopped(context, await current(key.jobId), "fileStopped");
    expect(await current(key.jobId)).toMatchObject({ state: "stopped" });
  });

  it("is answered alike when it is asked again, and is done and audited once", async () => {
    const key = await file(3);
    const both = await Promise.all([stop(key), stop(key)]);
    await advance(key);
    both.push(await stop(key));
    expect(new Set(both.map((one) => one.stop?.at))).toEqual(new Set([start]));
    const lines = await by.audited(place, by.clock.now);
    expect(lines.filter(({ action }) => action === "import.stop")).toHaveLength(1);
    expect(await by.licencesUsed(place)).toBe(0);
  });

  it("is refused once the file has ended, and for one that does not exist", async () => {
    const key = await file(1);
    await commit(rows.end({ ...key, row: 1 }, "waiting", { state: "done" }));
    await advance(key);
    await expect(stop(key)).rejects.toMatchObject({ kind: "fileEnded" });
    const missing = { ...key, jobId: `${place.tenantId}-j000000000000` };
    await expect(stop(missing)).rejects.toMatchObject({ kind: "notFound" });
  });

  it("that comes too late to keep a row from being done leaves the file done", async () => {
    const key = await file(1);
    await stop(key);
    await commit(rows.end({ ...key, row: 1 }, "waiting", { state: "done" }));
    await advance(key);
    expect(await current(key.jobId)).toMatchObject({ state: "done", counts: { done: 1, stopped: 0 } });
    expect(await kinds()).toEqual(["import-register"]);
  });

  it("still makes the package of what was issued before", async () => {
    const key = await file(2, "accepted", true);
    await commit(rows.end({ ...key, row: 1 }, "waiting", { state: "done" }));
    await stop(key);
    await advance(key);
    expect(await current(key.jobId)).toMatchObject({ state: "stopped", package: { state: "making" } });
    expect(sent.packages).toEqual([key.jobId]);
  });

  it("has its package asked for again if the packager died with the message, within fifteen minutes by a sweep every five", async () => {
    const key = await file(2, "accepted", true);
    await commit(rows.end({ ...key, row: 1 }, "waiting", { state: "done" }));
    await stop(key);
    await advance(key);
    const asked = async (minutes: number) => {
      await sweepImports(context, new Date(Date.parse(start) + minutes * 60_000));
      return sent.packages.filter((jobId) => jobId === key.jobId).length;
    };
    expect([await asked(8), await asked(10)]).toEqual([1, 2]);
  });

  it("is carried out by the sweep if its message is lost, and sends no row again", async () => {
    const key = await file(3);
    await advance(key);
    await stop(key);
    sent.advances.length = 0;
    sent.rows.length = 0;
    await sweepImports(context, new Date(Date.parse(start) + 30_000));
    expect(sent.advances).toEqual([]);
    await sweepImports(context, new Date(Date.parse(start) + 5 * 60_000));
    expect([sent.advances, sent.rows]).toEqual([[1], []]);
    await advance(key);
    expect(await current(key.jobId)).toMatchObject({ state: "stopped", counts: { done: 0, stopped: 3 } });
  });
});
