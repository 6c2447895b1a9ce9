import { afterAll, describe, expect, it } from "vitest";
import { importLimits } from "../../lambdas/contract/imports.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import type { ImportRow, RowEnd } from "../../lambdas/imports/job.ts";
import { advanceJob } from "../../lambdas/imports/advance.ts";
import { jobView, errorView } from "../../lambdas/imports/view.ts";
import { actor, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

const context = {
  ...by.context,
  uploadForm: async (url: string) => ({ url, fields: {} }),
  sendRows: async () => undefined,
  sendAdvance: async () => undefined,
  sendPackage: async () => undefined,
};
const nothing: RowEnd = { state: "skipped", error: { code: "nothingToRevoke" } };
const failed: RowEnd = { state: "failed", error: { code: "rowFailed" } };

/** Takes a file of revocations to its end, whose rows end like this. */
async function finish(ends: readonly RowEnd[]) {
  by.sent.notices.length = 0;
  const place = await by.place();
  const { jobErrors, jobs, rows, commit } = by.context;
  const { tenantId, serviceId } = place;
  const order = { tenantId, serviceId, operation: "revoke", fileName: "f.csv", bulkDownload: false, actor } as const;
  const { jobId } = await createImport(context, order, () => []);
  const key = { tenantId, jobId };
  const job = await jobs.beginChecking(key, "1", start);
  if (job === undefined) throw new Error("no job");
  const cells = { primaryEmail: "a@m.jp", certificateEmail: "a@m.jp", device: "01" } as const;
  const waiting = ends.map((_, at): ImportRow => ({
    ...key,
    row: at + 1,
    // The first line is the template's header.
    line: at + 2,
    state: "waiting",
    resent: 0,
    order: { operation: "revoke", cells },
  }));
  await rows.add(waiting);
  const service = await by.context.tenants.findService(tenantId, serviceId);
  if (service === undefined) throw new Error("no service");
  await commit([
    ...jobs.accept(job, waiting.length, start),
    by.context.tenants.takeLicences(service, Math.min(ends.length, service.licences)),
  ]);
  for (const [at, end] of ends.entries()) await commit(rows.end({ ...key, row: at + 1 }, "waiting", end));
  // Two simultaneous advances of the same turn: a message may come twice.
  const advances = await Promise.all([advanceJob(context, key, 0), advanceJob(context, key, 0)]);
  expect(advances).toContain("done");
  const over = await jobs.find(tenantId, jobId);
  if (over?.counts === undefined) throw new Error("the job has not ended");
  return {
    licencesUsed: await by.licencesUsed(place),
    shown: jobView(over, over.counts, "ja"),
    errors: (await jobErrors.list(key)).map((error) => errorView(error, "ja")),
    notices: await by.notices(place),
  };
}

describe("the end of a file", () => {
  it("tells of each row that is not done where it stands, and whether it failed or had nothing to do", async () => {
    const { shown, errors, notices, licencesUsed } = await finish([nothing, { state: "done" }, failed]);
    expect(licencesUsed).toBe(2);
    expect(shown).toMatchObject({ state: "done", rows: 3, done: 1, failed: 1, skipped: 1, mistakes: 0 });
    expect(errors).toEqual([
      expect.objectContaining({ row: 4, code: "rowFailed", outcome: "failed" }),
      expect.objectContaining({ row: 2, code: "nothingToRevoke", outcome: "skipped" }),
    ]);
    expect(notices.map(({ kinds, act }) => [kinds, act?.told])).toMatchObject([
      [["import-revoke-errors"], { causes: [expect.stringMatching(/^行:4：/)], errors: 1 }],
    ]);
  });

  it("keeps the failed rows before those with nothing to do, where there are more than it keeps", async () => {
    const many = importLimits.errors + 1;
    const { shown, errors } = await finish([...Array.from({ length: many }, () => nothing), failed]);
    expect(shown).toMatchObject({ rows: many + 1, done: 0, failed: 1, skipped: many });
    expect(errors).toHaveLength(importLimits.errors);
    expect(errors.map(({ outcome }) => outcome).slice(0, 2)).toEqual(["failed", "skipped"]);
    expect(errors[0]).toMatchObject({ row: many + 2 });
  });
});
