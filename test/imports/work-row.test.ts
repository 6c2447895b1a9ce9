import { afterAll, describe, expect, it } from "vitest";
import { certificateKey } from "../../lambdas/aws/keys.ts";
import { createImport } from "../../lambdas/imports/create.ts";
import type { ImportRow } from "../../lambdas/imports/job.ts";
import { workDelivery, workRow } from "../../lambdas/imports/work-row.ts";
import { yamadaTaro } from "../person.ts";
import { actor, world } from "../world.ts";

const today = "2026/11/22";
/** 23:59:30 in Japan. */
const beforeMidnight = "2026-11-22T14:59:30.000Z";
const afterMidnight = new Date("2026-11-22T15:00:30.000Z");

const by = await world(beforeMidnight);
afterAll(() => by[Symbol.asyncDispose]());

const { jobs, rows, tenants, commit } = by.context;
const context = {
  ...by.context,
  brand: "Warifu",
  authorityEnd: async () => new Date("2036-11-20T00:00:00.000Z"),
  jobOf: jobs.find,
  uploadForm: async (url: string) => ({ url, fields: {} }),
};

/** The row of a file that was checked and accepted at `at`, and asks for a validity from today. */
async function accepted(at: string): Promise<ImportRow> {
  const place = await by.place();
  const { tenantId, serviceId } = place;
  await commit([tenants.addOrganization({ ...place, name: "本社" })]);
  const service = await tenants.findService(tenantId, serviceId);
  if (service === undefined) throw new Error("no service");
  await commit([tenants.changeService(service, { options: ["period"] })]);
  const order = { ...place, operation: "register", fileName: "f.csv", bulkDownload: false, actor } as const;
  const { jobId } = await createImport(context, order, () => []);
  const job = await jobs.beginChecking({ tenantId, jobId }, "1", at);
  if (job === undefined) throw new Error("no job");
  const mails = { primaryEmail: "taro@mytest.jp", certificateEmail: "taro@mytest.jp" };
  const cells = { ...mails, ...yamadaTaro, device: "01", from: today, to: "2027/3/31" } as const;
  const row: ImportRow = {
    tenantId,
    jobId,
    row: 1,
    line: 1,
    state: "waiting",
    resent: 0,
    order: { operation: "register", cells },
  };
  await rows.add([row]);
  await commit([...jobs.accept(job, 1, at), tenants.takeLicences(service, 1)]);
  return row;
}

describe("workRow", () => {
  it("registers after midnight what was accepted before it with today's date", async () => {
    const row = await accepted(beforeMidnight);
    by.clock.now = afterMidnight;
    expect((await workRow(context, row)).issuances).toHaveLength(1);
    expect(await rows.find(row)).toMatchObject({ state: "issuing" });
  });

  it("ends a row as failed whose slot was taken meanwhile, and names the address and the device", async () => {
    by.clock.now = new Date(beforeMidnight);
    const row = await accepted(beforeMidnight);
    const twin = { ...row, row: 2, line: 2 };
    await rows.add([twin]);
    await workRow(context, row);
    expect(await workRow(context, twin)).toMatchObject({ issuances: [] });
    expect(await rows.find(twin)).toMatchObject({
      state: "failed",
      error: {
        column: 9,
        key: "device",
        value: "01",
        code: "slotTaken",
        facts: { email: "taro@mytest.jp", device: "01" },
      },
    });
  });

  it("ends a row as failed whose date is over, and frees its licence", async () => {
    by.clock.now = afterMidnight;
    const row = await accepted(afterMidnight.toISOString());
    expect((await workRow(context, row)).issuances).toEqual([]);
    expect(await rows.find(row)).toMatchObject({
      state: "failed",
      error: { column: 10, key: "from", value: today, code: "fromPast" },
    });
  });

  it("fails a revocation whose slot's certificate is missing, instead of saying that there is nothing to revoke", async () => {
    by.clock.now = new Date(beforeMidnight);
    const place = await by.place();
    const { tenantId, certificateId, certificateEmail, device, holder } = await by.certificate(place);
    if (holder.kind !== "subscriber") throw new Error("not a subscriber's");
    await commit([
      by.context.subscribers.addSubscriber({ ...yamadaTaro, ...holder, ...place, createdAt: beforeMidnight }),
    ]);
    await by.client.delete({ TableName: "CertificatesTable", Key: certificateKey(tenantId, certificateId) });
    const { serviceId } = place;
    const order = { tenantId, serviceId, operation: "revoke", fileName: "f.csv", bulkDownload: false, actor } as const;
    const { jobId } = await createImport(context, order, () => []);
    const job = await jobs.beginChecking({ tenantId, jobId }, "1", beforeMidnight);
    if (job === undefined) throw new Error("no job");
    const cells = { primaryEmail: holder.primaryEmail, certificateEmail, device };
    const row: ImportRow = {
      tenantId,
      jobId,
      row: 1,
      line: 1,
      state: "waiting",
      resent: 0,
      order: { operation: "revoke", cells },
    };
    await rows.add([row]);
    await commit(jobs.accept(job, 1, beforeMidnight));
    await expect(workDelivery(context, row, 1)).rejects.toThrow(
      `${certificateId} holds a slot, but its row is missing`,
    );
    await workDelivery(context, row, 5);
    expect(await rows.find(row)).toMatchObject({ state: "failed", error: { code: "rowFailed" } });
  });
});
