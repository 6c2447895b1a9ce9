import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { importNotices } from "../../lambdas/imports/announce.ts";
import type { ImportJob } from "../../lambdas/imports/job.ts";
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

const counts = { done: 5, failed: 25, skipped: 0 };
const errors = Array.from({ length: 25 }, (_, at) => ({ row: at + 1, code: "rowFailed" }));
const result = { rows: 30, counts, errors, total: 25 };

describe("importNotices", () => {
  it("tell every active administrator of the tenant both counts, the first causes, and who acted", async () => {
    const job = await tenantOfThree();
    const told = await importNotices(by.context, job, "import-register-errors", result, now);
    expect(told.map(({ to }) => to).toSorted()).toEqual(["goro@example.jp", "saburo@example.jp", "shiro@example.jp"]);
    for (const { actor: who, import: report } of told) {
      expect(who).toBe("令和 三郎");
      expect(report).toMatchObject({ rows: 30, counts, errors: 25 });
      expect(report?.causes.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    }
  });

  it("tell nobody of what was only asked about", async () => {
    const job = { ...(await tenantOfThree()), dryRun: true };
    expect(await importNotices(by.context, job, "import-register-errors", result, now)).toEqual([]);
  });
});
