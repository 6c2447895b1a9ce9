import { describe, expect, it } from "vitest";
import { announce, imported, people, post, revocation } from "./import-files.ts";
import { ask, download, mail, operator, subjects, until } from "./system.ts";
import { adminOrigin, type Company, company } from "./tenant.ts";

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
