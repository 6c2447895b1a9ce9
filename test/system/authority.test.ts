import { describe, expect, it } from "vitest";
import { announce, imported, importSubjects, people, post, revocation, upload } from "./import-files.ts";
import { ask, download, mail, mails, operator, subjects, until } from "./system.ts";
import { adminOrigin, type Company, company, unique } from "./tenant.ts";

type Shown = {
  readonly state: string;
  readonly rows: number;
  readonly done: number;
  readonly ended: boolean;
  readonly errors: readonly { readonly code: string }[];
};
const endOf = (jobId: string) =>
  until(`the end of ${jobId}`, async () => {
    const shown = await operator<Shown>("import show", { job: jobId });
    return shown.ended && shown;
  });

const statuses = async (by: Company) =>
  (await operator<{ status: string }[]>("certificate list", { tenant: by.tenantId })).map(({ status }) => status);

describe("a form that was handed out before its administrator was revoked", () => {
  it("uploads a file that is stopped, of either operation, with no row done", async () => {
    const by = await company();
    const { mails, csv } = people(2);
    await imported(by, "register", csv);
    const forms = [await announce(by, "register"), await announce(by, "revoke")] as const;
    await operator("administrator revoke", { administrator: by.administratorId });
    expect((await by.fetch(`${adminOrigin}/api/session`)).status).toBe(403);
    const contents = [people(2).csv, mails.map((one) => revocation(one)).join("")];
    for (const [at, form] of forms.entries()) {
      expect((await post(form.upload, contents[at] ?? "")).ok).toBe(true);
      expect(await endOf(form.jobId)).toMatchObject({
        state: "stopped",
        rows: 0,
        done: 0,
        errors: [{ code: "actorRevoked" }],
      });
    }
    expect(await statuses(by)).toEqual(["issued", "issued"]);
  });
});

/** Another administrator of the company, who gets its mails. */
async function colleague(by: Company): Promise<string> {
  const email = `kin-${unique()}@example.jp`;
  await operator("administrator create", {
    tenant: by.tenantId,
    name: "令和 五郎",
    "english-name": "Reiwa Goro",
    email,
    language: "ja",
  });
  await mail(email, subjects.administratorCredential);
  return email;
}
const revokedSubject = "管理者の失効に関するお知らせ";

describe("a running file of an administrator who is revoked", () => {
  it.each(["register", "revoke"] as const)(
    "to %s stops: no row is begun any more, licences come back, and one mail tells the others",
    async (operation) => {
      const by = await company({ licences: "1000" });
      const email = await colleague(by);
      const { mails: holders, csv } = people(400);
      if (operation === "revoke") await imported(by, "register", csv, {}, 120);
      const content = operation === "register" ? csv : holders.map((one) => revocation(one)).join("");
      const jobId = await upload(by, operation, content);
      await until("rows to end", async () => (await operator<Shown>("import show", { job: jobId })).done > 0, 60, 10);
      const answer = await operator<{ stopped: string[] }>("administrator revoke", {
        administrator: by.administratorId,
      });
      expect(answer.stopped).toEqual([jobId]);
      const shown = await endOf(jobId);
      expect(shown).toMatchObject({ state: "stopped", rows: 400 });
      const { done, stopped } = shown as Shown & { readonly stopped: number };
      expect(done + stopped).toBe(400);
      const { services } = await operator<{ services: { licencesUsed: number }[] }>("tenant show", {
        tenant: by.tenantId,
      });
      expect(services[0]?.licencesUsed).toBe(operation === "register" ? done : 400 - done);
      const { text } = await mail(email, revokedSubject);
      expect(text).toContain("氏名: 令和 三郎");
      expect(text).toContain(`処理した行: ${done} 行`);
      expect(text).toContain(`処理しなかった行: ${stopped} 行`);
      const sent = (await mails(email)).map(({ subject }) => subject);
      expect(sent).not.toContain(importSubjects[operation === "register" ? "registerStopped" : "revokeStopped"]);
      // The revoked one is told nothing.
      expect((await mails(by.email)).map(({ subject }) => subject)).not.toContain(revokedSubject);
    },
    240_000,
  );
});

describe("a revocation that a revoked administrator has planned", () => {
  it("stays, and is listed to the others with its day and person", async () => {
    const by = await company();
    const email = await colleague(by);
    const { mails: holders, csv } = people(1);
    await imported(by, "register", csv);
    const day = new Date(Date.now() + 9 * 3_600_000 + 3 * 86_400_000).toISOString().slice(0, 10).replaceAll("-", "/");
    await imported(by, "revoke", revocation(holders[0] ?? ""), { on: day });
    await operator("administrator revoke", { administrator: by.administratorId });
    const { text } = await mail(email, revokedSubject);
    expect(text).toContain(`証明書メールアドレス: ${holders[0] ?? ""}`);
    expect(text).toContain(`失効予定日: ${day}`);
    expect(text).toContain("取り消してください");
  });
});

describe("administrator revoke right after administrator reissue", () => {
  it("is done; nothing of the issuance is admitted, and nothing is left for the sweep", async () => {
    const by = await company();
    const named = { administrator: by.administratorId };
    const { certificateId } = await operator<{ certificateId: string }>("administrator reissue", named);
    await operator("administrator revoke", named);
    expect((await by.fetch(`${adminOrigin}/api/session`)).status).toBe(403);
    const shown = await until("the issuance's end", async () => {
      const one = await operator<{ status: string }>("certificate show", { certificate: certificateId });
      return one.status !== "issuing" && one;
    });
    expect(["failed", "revoked"]).toContain(shown.status);
    expect(await operator("health")).toMatchObject({ stuck: 0 });
    const again = await ask("administrator revoke", named);
    expect(again).toMatchObject({ ok: false, message: expect.stringContaining("was revoked") as string });
  });
});

describe("what a revoked administrator was sent before", () => {
  it("gives nothing: neither the link to ID and password, nor these on the download site", async () => {
    const by = await company();
    const { text } = await mail(by.email, subjects.administratorCredential);
    const token = /\/notice#([A-Za-z0-9_-]+)/.exec(text)?.[1] ?? "";
    const { id, password } = await download("revealNotice", { body: { token } });
    await operator("administrator revoke", { administrator: by.administratorId });
    const revoked = { problem: { type: "urn:warifu:problem:certificateRevoked" } };
    await expect(download("revealNotice", { body: { token } })).rejects.toMatchObject(revoked);
    await expect(download("downloadCertificate", { body: { id, password } })).rejects.toMatchObject(revoked);
  });
});
