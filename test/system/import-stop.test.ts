import { describe, expect, it } from "vitest";
import { announce, ended, importSubjects, people, post, revocation, upload, imported } from "./import-files.ts";
import { ask, mail, operator, until } from "./system.ts";
import { audited } from "./tables.ts";
import { type Company, company, unique } from "./tenant.ts";

const stop = (by: Company, jobId: string, idempotencyKey = unique()) =>
  by.call("stopImport", { params: { jobId }, idempotencyKey });
const underWay = (by: Company, jobId: string) =>
  until(
    "rows to end",
    async () => {
      const { job } = await by.call("getImport", { params: { jobId } });
      return job.done > 0 && job;
    },
    60,
    20,
  );
const live = async (by: Company) =>
  (await operator<{ status: string }[]>("certificate list", { tenant: by.tenantId })).filter(
    ({ status }) => status === "issued",
  ).length;

describe("stopping a file", () => {
  it("keeps what is done, takes back the rest with its licences, and tells the administrators who did it", async () => {
    const by = await company({ licences: "2000" });
    const jobId = await upload(by, "register", people(1500).csv);
    await underWay(by, jobId);
    const idempotencyKey = unique();
    const { job: stopping } = await stop(by, jobId, idempotencyKey);
    expect(stopping.stop).toMatchObject({ actor: "令和 三郎" });
    expect(await stop(by, jobId, idempotencyKey)).toEqual({ job: stopping });
    const { job, errors } = await ended(by, jobId, 120);
    expect(job).toMatchObject({ state: "stopped", rows: 1500, failed: 0, skipped: 0, mistakes: 0 });
    expect(job.stopped).toBeGreaterThan(0);
    expect(job.done + job.stopped).toBe(1500);
    expect(errors).toContainEqual(expect.objectContaining({ code: "fileStopped", outcome: "stopped" }));
    expect((await by.call("listServices")).services[0]?.licencesUsed).toBe(job.done);
    expect(await live(by)).toBe(job.done);
    const { text } = await mail(by.email, importSubjects.registerStopped);
    expect(text).toContain("中止した方: 令和 三郎");
    expect(text).toContain(`中止のため処理しなかった行: ${job.stopped.toLocaleString("en")} 件`);
    expect(await audited(by, "import.stop", jobId)).toMatchObject([{ actor: { kind: "administrator" } }]);
    // Asked again after its end, it is as it is.
    expect((await stop(by, jobId)).job).toMatchObject({ state: "stopped" });
  }, 240_000);

  it("ends a file that was announced, and what is uploaded afterwards is not read", async () => {
    const by = await company();
    const { jobId, upload: form } = await announce(by, "register");
    await stop(by, jobId);
    await ended(by, jobId);
    await post(form, people(2).csv);
    expect((await ended(by, jobId)).job).toMatchObject({ state: "stopped", rows: 0 });
    expect(await live(by)).toBe(0);
  });

  it("is the operator's command as well, and refused for a file that has ended", async () => {
    const by = await company();
    const { mails, csv } = people(3);
    const { job } = await imported(by, "register", csv);
    const late = await ask("import stop", { job: job.jobId });
    expect(late).toMatchObject({ ok: false, message: expect.stringContaining("ended already") as string });
    const { jobId, upload: form } = await announce(by, "revoke");
    expect(await operator("import stop", { job: jobId })).toMatchObject({ jobId, stopping: true });
    await post(form, mails.map((one) => revocation(one)).join(""));
    expect((await ended(by, jobId)).job).toMatchObject({
      state: "stopped",
      stop: { actor: expect.stringMatching(/^サービス提供会社/) as string },
    });
    const { text } = await mail(by.email, importSubjects.revokeStopped);
    expect(text).toContain("中止した方: サービス提供会社（担当: ");
    expect(await live(by)).toBe(3);
    const missing = await ask("import stop", { job: `${by.tenantId}-j000000000000` });
    expect(missing).toMatchObject({ ok: false, message: expect.stringContaining("does not exist") as string });
  });
});
