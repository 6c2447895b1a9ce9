import { afterAll, describe, expect, it } from "vitest";
import { messageText } from "../../lambdas/contract/messages.ts";
import type { CertificateRow } from "../../lambdas/contract/shapes.ts";
import { japaneseDay } from "../japanese-day.ts";
import { itWith, program } from "../program.ts";
import { companyAt, settled, unique, yamada } from "./company.ts";
import { killable } from "./killable.ts";
import { file, folder, revokedSerials, trust, verify } from "./outside.ts";
import { subjects, until } from "./product.ts";

/** A product of its own, whose clock goes from day to day. */
const local = await killable("midnight");
afterAll(() => local.remove());
const product = await local.start();
const { download, mails, operator, revealed } = product;
const { repositoryUrl } = product.endpoints;
const [by, other] = [await companyAt(product), await companyAt(product)];
const openssl = program("openssl", "openssl");

/** The instant at which a day of Japan begins. */
const midnightOf = (date: string) => new Date(`${date.replaceAll("/", "-")}T00:00:00+09:00`);

/** A certificate that is issued, with the mail of its subscriber. */
async function issued(): Promise<CertificateRow> {
  const { certificates } = await by.call("registerSubscriber", {
    params: by,
    body: yamada(`taro-${unique()}@mytest.jp`, "01"),
  });
  return settled(by, certificates[0]?.certificateId ?? "");
}
const plan = ({ certificateId }: CertificateRow, on: string, more: { idempotencyKey?: string } = {}) =>
  by.call("revokeCertificate", { params: { certificateId }, body: { reason: "cessationOfOperation", on }, ...more });
const cancel = ({ certificateId }: CertificateRow) => by.call("cancelRevocation", { params: { certificateId } });
const now = ({ certificateId }: CertificateRow) => by.call("getCertificate", { params: { certificateId } });
const revoked = (row: CertificateRow) =>
  until("the revocation", async () => (await now(row)).status === "revoked" && (await now(row)));
/** The mails that name a certificate, oldest first. */
const told = async ({ serialNumber }: CertificateRow) =>
  (await mails(by.email)).filter(({ text }) => text.includes(serialNumber));
const tellsOf = (row: CertificateRow, words: RegExp) =>
  until(`a mail with ${String(words)}`, async () => (await told(row)).find(({ text }) => words.test(text)));
/** Lets it become that midnight, and does what the schedule does. */
async function nightly(at: Date): Promise<void> {
  await local.kill();
  await local.start(at);
  await operator("nightly run");
}
async function problem(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    return (error as { problem?: { status: number; type: string; title: string; errors?: unknown[] } }).problem;
  }
  return undefined;
}

describe("a revocation on a day", () => {
  it("is accepted from tomorrow to today + 30 in Japan; another day is refused at its field", async () => {
    const row = await issued();
    for (const [on, code] of [
      [japaneseDay(0), "revokeOnTooEarly"],
      [japaneseDay(-1), "revokeOnTooEarly"],
      [japaneseDay(31), "revokeOnTooLate"],
      ["2027/02/30", "momentUnknown"],
      ["tomorrow", "dateOnly"],
      ["2027.01.01", "dateOnly"],
    ] as const) {
      expect(await problem(plan(row, on))).toMatchObject({
        status: 400,
        errors: [{ field: "on", code, message: messageText(code, "ja") }],
      });
    }
    expect(await now(row)).toEqual(row);
    for (const days of [1, 30]) {
      const on = japaneseDay(days);
      expect((await plan(row, on)).revokeOn).toBe(midnightOf(on).toISOString());
    }
    await cancel(row);
  });

  it("leaves the certificate as it is until then, shows the day in list and mail, and answers a repetition as before", async () => {
    const row = await issued();
    const on = japaneseDay(3);
    const idempotencyKey = unique() + unique();
    const planned = await plan(row, on, { idempotencyKey });
    expect(planned).toEqual({
      ...row,
      revokeOn: midnightOf(on).toISOString(),
      revocationReason: "cessationOfOperation",
    });
    expect(await plan(row, on, { idempotencyKey })).toEqual(planned);
    expect(await problem(plan(row, japaneseDay(4), { idempotencyKey }))).toMatchObject({ status: 409 });
    const { rows } = await by.call("listCertificates", { params: by, query: { limit: 100 } });
    expect(rows.find(({ certificateId }) => certificateId === row.certificateId)).toEqual(planned);
    expect(await operator("certificate show", { certificate: row.certificateId })).toMatchObject({
      revokeOn: midnightOf(on).toISOString(),
      status: "issued",
    });
    const letter = await tellsOf(row, /失効予定日/);
    expect(letter.subject).toBe(subjects.revocation);
    expect(letter.text).toContain(`${on} の午前0時（日本時間）に失効します`);
    expect(letter.text).toContain("令和 三郎");
    expect(await told(row)).toHaveLength(1);
    const { id, password } = await revealed(row.certificateEmail, subjects.subscriberCredential);
    expect(await download("signIn", { body: { id, password } })).toMatchObject({ status: "issued" });
  });

  it("is done at midnight in Japan, with everything else that is due, and told once", async () => {
    const [due, changed, cancelled, later] = [await issued(), await issued(), await issued(), await issued()];
    const [on, next] = [japaneseDay(1), japaneseDay(2)];
    await plan(due, on);
    await plan(changed, japaneseDay(7));
    await plan(changed, on);
    await plan(cancelled, on);
    expect(await cancel(cancelled)).toEqual(await now(cancelled));
    await plan(later, next);
    expect((await tellsOf(cancelled, /失効の予定が取り消されました/)).subject).toBe("電子証明書失効予定取消通知");

    await nightly(midnightOf(on));
    for (const row of [due, changed]) {
      const done = await revoked(row);
      expect(done.revokeOn).toBeUndefined();
      expect(done.revocationReason).toBe("cessationOfOperation");
      expect((await tellsOf(row, /予定どおり失効しました/)).subject).toBe(subjects.revocation);
    }
    expect(await now(cancelled)).toMatchObject({ status: "issued" });
    expect(await now(later)).toMatchObject({ status: "issued", revokeOn: midnightOf(next).toISOString() });

    // The same night again, and the next one: what is done is not done or announced twice.
    await operator("nightly run", { at: midnightOf(on).toISOString() });
    await nightly(midnightOf(next));
    await revoked(later);
    await tellsOf(later, /予定どおり失効しました/);
    for (const row of [due, changed, later]) {
      const digests = (await told(row)).filter(({ text }) => text.includes("予定どおり失効しました"));
      expect(digests).toHaveLength(1);
    }
    expect((await told(due)).map(({ subject }) => subject)).toEqual([subjects.revocation, subjects.revocation]);
  }, 300_000);

  itWith(
    openssl,
    "is on the CRL then, and not before",
    async () => {
      const at = folder();
      const row = await issued();
      const on = japaneseDay(1);
      await plan(row, on);
      const leaf = file(
        at,
        "leaf.pem",
        await operator<string>("certificate show", { certificate: row.certificateId, pem: true }),
      );
      await operator("crl publish");
      expect(verify(await trust(at, "subscribers", repositoryUrl), leaf)).toContain("leaf.pem: OK");
      await nightly(midnightOf(on));
      await until("the serial on the CRL", async () =>
        (await revokedSerials(at, "subscribers", repositoryUrl)).includes(row.serialNumber),
      );
      const published = await trust(at, "subscribers", repositoryUrl);
      expect(() => verify(published, leaf)).toThrow(/certificate revoked/);
      const health = await operator<{ overdue: number; crl: { issuer: string; missing?: number }[] }>("health");
      expect(health.crl.map(({ issuer, missing }) => [issuer, missing])).toEqual([
        ["root", 0],
        ["subscribers", 0],
        ["administrators", 0],
      ]);
      expect(health.overdue).toBe(0);
    },
    300_000,
  );

  it("gives way to a revocation at once", async () => {
    const row = await issued();
    await plan(row, japaneseDay(5));
    const done = await by.call("revokeCertificate", {
      params: { certificateId: row.certificateId },
      body: { reason: "keyCompromise" },
    });
    expect(done).toMatchObject({ status: "revoked", revocationReason: "keyCompromise" });
    expect(done.revokeOn).toBeUndefined();
    expect(await problem(cancel(row))).toMatchObject({ status: 409, type: "urn:warifu:problem:notLive" });
    expect(await problem(plan(row, japaneseDay(5)))).toMatchObject({ status: 409, type: "urn:warifu:problem:notLive" });
  });

  it("can be cancelled once, and by its own company only", async () => {
    const row = await issued();
    const params = { certificateId: row.certificateId };
    await plan(row, japaneseDay(5));
    expect(await problem(other.call("cancelRevocation", { params }))).toMatchObject({ status: 404 });
    expect(await problem(other.call("revokeCertificate", { params, body: { on: japaneseDay(6) } }))).toMatchObject({
      status: 404,
    });
    expect((await now(row)).revokeOn).toBe(midnightOf(japaneseDay(5)).toISOString());
    await cancel(row);
    expect(await problem(cancel(row))).toMatchObject({ status: 409, type: "urn:warifu:problem:revocationNotPlanned" });
  });
});
