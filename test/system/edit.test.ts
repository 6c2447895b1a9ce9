import { describe, expect, it } from "vitest";
import { Refused } from "../../web/shared/call.ts";
import { yamadaTaro } from "../person.ts";
import { mail as mailTo, mails, subjects, until } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

const by = await company({ licences: "50", "allow-mail-domain": "mytest.jp" });
const address = (name: string) => `${name}-${unique()}@mytest.jp`;

async function registered(mail: string, ...devices: ("01" | "11" | "20")[]) {
  const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(mail, ...devices) });
  for (const { certificateId } of certificates) await settled(by, certificateId);
  return certificates.map(({ certificateId }) => ({ certificateId }));
}

/** The field errors or the problem's type with which a call is refused. */
async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused) || error.problem === undefined) throw new Error(`was not refused: ${String(error)}`);
  const { errors = [], type } = error.problem;
  return errors.length > 0 ? errors.map(({ field, code }) => `${field} ${code}`) : [type.split(":").at(-1) ?? ""];
}

describe("an edit of a subscriber", () => {
  it("corrects names and the contact address of all certificates, whose contents stay, and is in their history", async () => {
    const [before, after] = [address("Taro"), address("Jiro")];
    const [first = { certificateId: "" }, second = { certificateId: "" }] = await registered(before, "01", "11");
    const { revision } = await by.call("getSubscriber", { params: first });
    const body = { ...yamadaTaro, givenName: "次郎", givenNameKana: "ジロウ", primaryEmail: after, revision };
    const changed = await by.call("changeSubscriber", { params: second, body });
    expect(changed).toMatchObject({ givenName: "次郎", primaryEmail: after, revision: revision + 1 });
    expect(changed.certificates.map((row) => [row.givenName, row.primaryEmail, row.certificateEmail])).toEqual([
      ["次郎", after, before],
      ["次郎", after, before],
    ]);
    await expect
      .poll(async () => (await by.call("listCertificates", { params: by, query: { mail: after } })).rows.length)
      .toBe(2);
    const found = await by.call("listCertificates", {
      params: by,
      query: { given: "次", family: "山田", mail: after },
    });
    expect(found.rows).toHaveLength(2);
    await expect
      .poll(async () => (await by.call("getCertificateDetails", { params: first })).history.map(({ action }) => action))
      .toEqual(["edited", "issued", "registered"]);
    const { lines } = await by.call("listAudit", { query: { kind: "registration", whom: before } });
    expect(lines.find(({ action }) => action === "subscriber.change")?.changes).toEqual([
      { field: "givenName", from: "太郎", to: "次郎" },
      { field: "givenNameKana", from: "タロウ", to: "ジロウ" },
      { field: "primaryEmail", from: before, to: after },
    ]);
    // The slots have moved along: the old address is free, the new one knows its devices.
    const names = { ...yamada(after, "01"), givenName: "次郎", givenNameKana: "ジロウ" };
    const again = { ...names, devices: [{ device: "01", certificateEmail: before }, { device: "20" }] } as const;
    expect(
      await refusal(by.call("registerSubscriber", { params: by, body: { ...again, devices: [...again.devices] } })),
    ).toEqual(["devices.0 slotTaken"]);
    await by.call("registerSubscriber", { params: by, body: yamada(before, "01") });
    await by.call("revokeCertificate", { params: first, body: {} });
  });

  it("sends the mails of a device to its new address from then on", async () => {
    const mail = address("Hanako");
    const [only = { certificateId: "" }] = await registered(mail, "11");
    await mailTo(mail, subjects.subscriberDownload);
    const phone = address("Phone");
    const { revision } = await by.call("getSubscriber", { params: only });
    const body = { ...yamadaTaro, primaryEmail: mail, revision, devices: [{ ...only, email: phone }] };
    const changed = await by.call("changeSubscriber", { params: only, body });
    expect(changed.certificates).toMatchObject([{ certificateEmail: mail, deviceEmail: phone }]);
    await by.call("resendNotices", { params: by, body: { certificateIds: [only.certificateId] } });
    await until("both mails", async () => (await mails(phone)).length === 2);
    expect((await mails(mail)).length).toBe(2);
  });

  it("is refused at the field for a mail that is taken or not allowed, and as a whole if somebody was faster", async () => {
    const [mail, other] = [address("a"), address("b")];
    const [only = { certificateId: "" }] = await registered(mail, "01");
    await registered(other, "01");
    const { revision } = await by.call("getSubscriber", { params: only });
    const change = (more: object) =>
      by.call("changeSubscriber", { params: only, body: { ...yamadaTaro, primaryEmail: mail, revision, ...more } });
    expect(await refusal(change({ primaryEmail: other.toUpperCase() }))).toEqual(["primaryEmail mailTaken"]);
    expect(await refusal(change({ primaryEmail: "a@other.jp" }))).toEqual(["primaryEmail mailDomainNotAllowed"]);
    expect(await refusal(change({ devices: [{ ...only, email: "a@other.jp" }] }))).toEqual([
      `devices.${only.certificateId} mailDomainNotAllowed`,
    ]);
    expect(await refusal(change({ givenNameKana: "太郎" }))).toEqual(["givenNameKana kana"]);
    const both = await Promise.allSettled([change({ givenName: "一" }), change({ givenName: "二" })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await refusal(change({ givenName: "三" }))).toEqual(["changedMeanwhile"]);
  });

  it("meets a registration of the same person in either order: no slot is left behind", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [mail, moved] = [address("race"), address("moved")];
      const [only = { certificateId: "" }] = await registered(mail, "01");
      const { revision } = await by.call("getSubscriber", { params: only });
      await Promise.allSettled([
        by.call("changeSubscriber", { params: only, body: { ...yamadaTaro, primaryEmail: moved, revision } }),
        by.call("registerSubscriber", { params: by, body: yamada(mail, "20") }),
      ]);
      const now = await by.call("getSubscriber", { params: only });
      const listed = async () => {
        const { rows } = await by.call("listCertificates", { params: by, query: { mail } });
        return rows.filter((row) => row.subscriberId === now.subscriberId).length;
      };
      await expect.poll(listed).toBe(now.certificates.length);
    }
  });
});
