import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportDays } from "../../lambdas/archive/export-days.ts";
import { verifyDays } from "../../lambdas/archive/verify-days.ts";
import { archive } from "../../lambdas/aws/archive.ts";
import { auditDays } from "../../lambdas/aws/audit.ts";
import { s3 } from "../../lambdas/aws/s3.ts";
import { noTenant } from "../../lambdas/transaction/audit.ts";
import { configOf } from "../aws/config.ts";
import { useAws } from "../local/aws/running.ts";
import { itWith, program } from "../program.ts";
import { actor, world } from "../world.ts";

const running = useAws();
const openssl = program("openssl", "openssl");
const by = await world("2026-12-01T08:00:00.000Z");
afterAll(() => by[Symbol.asyncDispose]());
const [here, there] = [await by.place(), await by.place()];
const bucket = "archive";

const files = () => archive(s3(configOf(running(), "s3")), bucket);
const context = () => ({ ...by.context, auditDays: auditDays(by.client, "AuditTable"), archive: files() });
const record = (tenantId: string, at: string, subject: string) =>
  by.context.commit([
    by.context.audit.record({
      tenantId,
      at: new Date(at),
      actor,
      action: "import.create",
      subject,
      facts: { b: 1, a: "二" },
    }),
  ]);
const text = async (day: string) => Buffer.from((await files().find(day)) ?? []).toString("utf8");
const linesOf = async (day: string) =>
  (await text(day))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const at = (instant: string) => {
  by.clock.now = new Date(instant);
};

beforeAll(async () => {
  await running().s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await running().s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
  await record(there.tenantId, "2026-12-01T23:59:59.999Z", "last");
  await record(here.tenantId, "2026-12-01T09:00:00.000Z", "first");
  await record(noTenant, "2026-12-01T10:00:00.000Z", "middle");
  await record(here.tenantId, "2026-12-02T00:00:00.000Z", "next day");
});

describe("the audit's day files", () => {
  it("are not written before the day is over for the archive", async () => {
    at("2026-12-02T00:29:59.000Z");
    expect((await exportDays(context())).filter((day) => day >= "2026-12-01")).toEqual([]);
  });

  it("hold the lines of all tenants and of none by their time, from the oldest tenant's day on", async () => {
    at("2026-12-02T00:45:00.000Z");
    expect(await exportDays(context())).toEqual(["2026-12-01"]);
    const [head, ...lines] = await linesOf("2026-12-01");
    expect(head).toMatchObject({ day: "2026-12-01", lines: 3 });
    expect(lines.map(({ subject }) => subject)).toEqual(["first", "middle", "last"]);
    expect(lines[0]).toMatchObject({ tenantId: here.tenantId, actor, facts: { a: "二", b: 1 } });
  });

  it("are made up for after missed nights, each naming the hash of the one before, also of a day without lines", async () => {
    at("2026-12-05T12:00:00.000Z");
    expect(await exportDays(context())).toEqual(["2026-12-02", "2026-12-03", "2026-12-04"]);
    for (const [day, before] of [
      ["2026-12-02", "2026-12-01"],
      ["2026-12-03", "2026-12-02"],
    ] as const) {
      const previous = createHash("sha256")
        .update(await text(before))
        .digest("hex");
      expect((await linesOf(day))[0]).toMatchObject({ day, previous });
    }
    expect((await linesOf("2026-12-03"))[0]).toMatchObject({ lines: 0 });
    expect(await exportDays(context())).toEqual([]);
  });

  it("are written once by simultaneous runs", async () => {
    at("2026-12-07T12:00:00.000Z");
    const written = (await Promise.all([1, 2, 3].map(() => exportDays(context())))).flat();
    expect(written.toSorted()).toEqual(["2026-12-05", "2026-12-06"]);
    expect(await files().add("2026-12-05", Buffer.from("forged"))).toBe(false);
    expect(await verifyDays(context(), undefined, 100)).toMatchObject({ faults: [] });
  });

  it("are verified a page at a time", async () => {
    const first = await verifyDays(context(), "2026-12-02", 2);
    expect(first).toEqual({ days: 2, faults: [], next: "2026-12-04" });
    expect(await verifyDays(context(), first.next, 2)).toEqual({ days: 2, faults: [], next: "2026-12-06" });
    expect(await verifyDays(context(), "2027-01-01", 2)).toEqual({ days: 0, faults: [] });
  });

  itWith(openssl, "are checked by the shell script without the product", async () => {
    const folder = mkdtempSync(join(tmpdir(), "warifu-archive-"));
    const check = () => spawnSync("sh", ["bin/audit-verify.sh", folder], { encoding: "utf8" });
    expect(check().status).toBe(2);
    for (const day of await files().listDays()) writeFileSync(join(folder, `${day}.jsonl`), await text(day));
    const newest = (await files().listDays()).at(-1) ?? "";
    const hash = createHash("sha256")
      .update(await text(newest))
      .digest("hex");
    expect(check()).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining(hash) as string });
    const second = join(folder, "2026-12-02.jsonl");
    writeFileSync(second, (await text("2026-12-02")).replace("next day", "forged!!"));
    expect(check()).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^2026-12-03: does not follow/) as string,
    });
    writeFileSync(second, `${await text("2026-12-02")}{}\n`);
    expect(check().stderr).toMatch(/^2026-12-02: says 1 lines and has 2\n2026-12-03: does not follow/);
    rmSync(second);
    expect(check()).toMatchObject({ status: 1, stderr: expect.stringContaining("2026-12-03") as string });
    rmSync(folder, { recursive: true });
  });

  // Last, for what is done to files and table stays.
  it("show what was added to the table afterwards, and a file that was replaced", async () => {
    await record(here.tenantId, "2026-12-04T12:00:00.000Z", "afterwards");
    expect((await verifyDays(context(), undefined, 100)).faults).toEqual([
      { day: "2026-12-04", fault: expect.stringMatching(/table has other lines/) as string },
    ]);
    const forged = (await text("2026-12-02")).replace("next day", "forged!!");
    await running().s3.send(new PutObjectCommand({ Bucket: bucket, Key: "audit/2026-12-02.jsonl", Body: forged }));
    expect(
      (await verifyDays(context(), undefined, 100)).faults.map(({ day, fault }) => [day, fault.slice(0, 23)]),
    ).toEqual([
      ["2026-12-02", "the table has other lin"],
      ["2026-12-03", "the file does not follo"],
      ["2026-12-04", "the table has other lin"],
    ]);
  });
});
