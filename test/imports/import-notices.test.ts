import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { importNotices } from "../../lambdas/imports/import-notices.ts";
import type { ImportJob } from "../../lambdas/imports/job.ts";
import type { Notice } from "../../lambdas/notices/notice.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import { world } from "../world.ts";
import { runningJob } from "./job.ts";

const now = new Date("2026-11-22T03:00:00.000Z");
const by = await world(now.toISOString());
afterAll(() => by[Symbol.asyncDispose]());

/** A tenant of three active administrators and one who is not any more. */
async function tenantOfThree(): Promise<ImportJob> {
  const { tenantId, serviceId } = await by.place();
  for (const [email, status] of [
    ["shiro@example.jp", "active"],
    ["goro@example.jp", "active"],
    ["gone@example.jp", "revoked"],
  ] as const) {
    const administratorId = newId(tenantId, "administrator", randomBytes);
    const names = { name: "令和 四郎", englishName: "Reiwa Shiro", language: "ja" } as const;
    const added = { tenantId, administratorId, status, email, certificateId: "", ...names };
    await by.context.commit([by.context.administrators.addAdministrator(added)]);
  }
  return runningJob({ tenantId, serviceId, rows: 30, createdAt: now.toISOString() });
}

const counts = { done: 5, failed: 25, skipped: 0, stopped: 0 };
const errors = Array.from({ length: 25 }, (_, at) => ({ row: at + 1, code: "rowFailed" as const }));
const result = { rows: 30, counts, errors, total: 25 };

const causesOf = (act: Notice["act"]) => (act === undefined ? [] : (act.told as { causes: string[] }).causes);

describe("importNotices", () => {
  it("tell every active administrator of the tenant both counts, the first causes, and who acted", async () => {
    const job = await tenantOfThree();
    const told = await importNotices(by.context, job, "import-register-errors", result, now);
    expect(told.map(({ to }) => to).toSorted()).toEqual(["goro@example.jp", "saburo@example.jp", "shiro@example.jp"]);
    for (const { act } of told) {
      expect(act).toMatchObject({ actor: "令和 三郎", place: { serviceId: job.serviceId } });
      expect(act?.told).toMatchObject({ rows: 30, ...counts, errors: 25 });
      const rows = Array.from({ length: 20 }, (_, at) => `行:${at + 1}`);
      expect(causesOf(act).map((cause) => /^行:\d+/.exec(cause)?.[0])).toEqual(rows);
    }
  });

  it("word the causes in the language of whom they go to", async () => {
    const job = await tenantOfThree();
    const { tenantId } = job;
    const english = { name: "Ann", englishName: "Ann", language: "en", email: "ann@example.jp" } as const;
    const added = { tenantId, administratorId: newId(tenantId, "administrator", randomBytes), certificateId: "" };
    await by.context.commit([by.context.administrators.addAdministrator({ ...added, ...english, status: "active" })]);
    const told = await importNotices(by.context, job, "import-register-errors", result, now);
    const causes = (to: string) => causesOf(told.find((one) => one.to === to)?.act)[0];
    expect(causes("ann@example.jp")).toMatch(/The system could not do this row/);
    expect(causes("goro@example.jp")).toMatch(/この行をあらためて処理してください/);
  });

  it("tell nobody of what was only asked about", async () => {
    const job = { ...(await tenantOfThree()), dryRun: true };
    expect(await importNotices(by.context, job, "import-register-errors", result, now)).toEqual([]);
  });
});
