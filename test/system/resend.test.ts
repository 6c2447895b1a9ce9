import { describe, expect, it } from "vitest";
import { ask, download, mails, operator, subjects, until } from "./system.ts";
import { type Company, company, settled, unique, yamada } from "./tenant.ts";
import { typed } from "./typed.ts";

/** An issued certificate, and the address of its holder. */
async function issued(by: Company) {
  const email = `r-${unique()}@mytest.jp`;
  const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
  const certificateId = certificates[0]?.certificateId ?? "";
  await settled(by, certificateId);
  return { email, certificateId };
}

/** The tokens of the mails that lead to ID and password, oldest first, when there are so many. */
const tokens = (email: string, subject: string, count: number) =>
  until(`${count} mails to ${email}`, async () => {
    const found = (await mails(email)).filter((one) => one.subject === subject);
    return found.length >= count && found.map(({ text }) => /\/notice#([\w-]+)/.exec(text)?.[1] ?? "");
  });
const reveal = (token = "") => download("revealNotice", { body: { token } });
const ended = { problem: { status: 410, type: "urn:warifu:problem:noticeReplaced" } };
const noticesOf = async (by: Company, certificateId: string) =>
  (await by.call("listCertificateNotices", { params: { certificateId } })).notices;

describe("sending the mails of certificates again", () => {
  it("brings both with a new link and the same ID and password, ends the earlier link, and is in the history", async () => {
    const by = await company();
    const { email, certificateId } = await issued(by);
    const unknown = `${by.tenantId}-c000000000000`;
    const [first] = await tokens(email, subjects.subscriberCredential, 1);
    const before = await reveal(first);
    const body = { certificateIds: [certificateId, unknown] };
    const request = { params: by, body, idempotencyKey: unique() };
    const answers = await Promise.all([1, 2, 3].map(() => by.call("resendNotices", request)));
    expect(answers[0]?.results).toMatchObject([
      { certificateId, outcome: "done", certificate: { certificateId } },
      { certificateId: unknown, outcome: "refused", refusal: { code: "notFound" } },
    ]);
    for (const one of [...answers, await by.call("resendNotices", request)]) expect(one).toEqual(answers[0]);
    await expect(reveal(first)).rejects.toMatchObject(ended);
    const [, second] = await tokens(email, subjects.subscriberCredential, 2);
    expect(await reveal(second)).toMatchObject({ id: before.id, password: before.password });
    const all = await until("all four mails", async () => {
      const found = await mails(email);
      return found.length >= 4 && found;
    });
    expect(all.map(({ subject }) => subject)).toEqual([
      subjects.subscriberDownload,
      subjects.subscriberCredential,
      subjects.subscriberDownload,
      subjects.subscriberCredential,
    ]);
    for (const { text } of all.slice(2)) expect(text).toMatch(/あらためてお送りします.*使用できなくなりました/);
    const sent = await until("the second notice", async () => {
      const found = await noticesOf(by, certificateId);
      return found.length === 2 && found.every(({ sentAt }) => sentAt !== undefined) && found;
    });
    expect(sent.map(({ resent, mails: both }) => [resent, both.length])).toEqual([
      [true, 2],
      [false, 2],
    ]);
    const { history } = await by.call("getCertificateDetails", { params: { certificateId } });
    expect(history.filter(({ action }) => action === "resent")).toMatchObject([
      { actor: { kind: "administrator", name: "令和 三郎" } },
    ]);
  });

  it("is refused for a revoked certificate with the reason, and does the others", async () => {
    const by = await company();
    const [gone, left] = [await issued(by), await issued(by)];
    await by.call("revokeCertificate", { params: gone, body: {} });
    const certificateIds = [gone.certificateId, left.certificateId];
    const { results } = await by.call("resendNotices", { params: by, body: { certificateIds } });
    expect(results).toMatchObject([
      {
        outcome: "refused",
        refusal: { code: "resendRevoked", message: "失効しているため、案内メールを再送できません。" },
      },
      { outcome: "done" },
    ]);
    await tokens(left.email, subjects.subscriberCredential, 2);
    expect((await mails(gone.email)).length).toBe(2);
  });
});

describe("the operator", () => {
  it("sends a subscriber's mails again: certificate resend", async () => {
    const by = await company();
    const { email, certificateId } = await issued(by);
    const [first] = await tokens(email, subjects.subscriberCredential, 1);
    const done = typed("certificate", "resend", "--certificate", certificateId, "--json");
    expect([done.status, JSON.parse(done.stdout)]).toEqual([0, { certificateId, sentTo: email }]);
    const [, second] = await tokens(email, subjects.subscriberCredential, 2);
    await expect(reveal(first)).rejects.toMatchObject(ended);
    expect(await reveal(second)).toMatchObject({ id: email });
    const { history } = await by.call("getCertificateDetails", { params: { certificateId } });
    expect(history.find(({ action }) => action === "resent")?.actor).toEqual({ kind: "operator" });
  });

  it("is told why a subscriber's mails cannot be sent again, and which command sends an administrator's", async () => {
    const by = await company();
    const { certificateId } = await issued(by);
    await by.call("revokeCertificate", { params: { certificateId }, body: {} });
    expect(await ask("certificate resend", { certificate: certificateId })).toEqual({
      ok: false,
      usage: false,
      message: "The certificate is revoked: its mails cannot be sent again.",
    });
    const [administrator] = await operator<{ certificateId: string }[]>("administrator list", { tenant: by.tenantId });
    expect(await ask("certificate resend", { certificate: administrator?.certificateId ?? "" })).toMatchObject({
      ok: false,
      message: expect.stringContaining(`administrator resend --administrator ${by.administratorId}`) as string,
    });
  });

  it("sends an administrator's mails again as resent ones, and ends the earlier link: administrator resend", async () => {
    const by = await company();
    const [first] = await tokens(by.email, subjects.administratorCredential, 1);
    await operator("administrator resend", { administrator: by.administratorId });
    const [, second] = await tokens(by.email, subjects.administratorCredential, 2);
    await expect(reveal(first)).rejects.toMatchObject(ended);
    expect(await reveal(second)).toMatchObject({ id: by.email, password: by.password });
    const again = (await mails(by.email)).filter(({ text }) => text.includes("あらためてお送りします"));
    expect(again.map(({ subject }) => subject).toSorted()).toEqual(
      [subjects.administratorDownload, subjects.administratorCredential].toSorted(),
    );
  });
});
