import { describe, expect, it } from "vitest";
import { cursorOf, sortColumns } from "../../lambdas/contract/lists.ts";
import { messageText } from "../../lambdas/contract/messages.ts";
import { Refused } from "../../web/shared/call.ts";
import { operator } from "./system.ts";
import { japaneseDay } from "../japanese-day.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

const by = await company({ licences: "100" });

/** What the API refuses with, or `undefined` when it does not. */
async function problem(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
  return undefined;
}

describe("a page of a list", () => {
  const { tenantId } = by;
  const id = `${tenantId}-c000000000000`;
  it.each([
    ["nothing", ""],
    ["no cursor of ours", "garbage"],
    ["no id", cursorOf("ヤマタ\u0000")],
    ["something behind the id", cursorOf(`ヤマタ\u0000${id} `)],
    ["more than a key holds", cursorOf(`${"ヤ".repeat(340)}\u0000${id}`)],
    ["what is no base64url", `ヤマタ\u0000${id}`],
  ])("that begins at %s is refused at the field; the same for files", async (_, cursor) => {
    const refused = {
      status: 400,
      errors: [{ field: "cursor", code: "cursor", message: messageText("cursor", "ja") }],
    };
    for (const sort of sortColumns) {
      expect(await problem(by.call("listCertificates", { params: by, query: { sort, cursor } }))).toMatchObject(
        refused,
      );
    }
    expect(await problem(by.call("listImports", { query: { cursor } }))).toMatchObject(refused);
  });

  it.each([
    ["name", "山"],
    ["name", "yamada"],
    ["primaryEmail", "a b"],
    ["status", "expired"],
    ["device", "02"],
    ["notAfter", "2027/13"],
  ] as const)("begins at no value that the order does not have: %s %s", async (sort, from) => {
    const refused = await problem(by.call("listCertificates", { params: by, query: { sort, from } }));
    expect(refused).toMatchObject({ status: 400, errors: [{ field: "from", code: "invalid" }] });
  });

  it("begins after a place that is none any more, or never was", async () => {
    const { rows: found } = await by.call("listCertificates", {
      params: by,
      query: { cursor: cursorOf(`ヤマタ\u0000${id}`) },
    });
    expect(found).toEqual([]);
    const cursor = `2026-01-01T00:00:00.000Z#${tenantId}-j000000000000`;
    expect((await by.call("listImports", { query: { cursor } })).jobs).toEqual([]);
  });
});

describe("a list", () => {
  it("is counted, and read from both ends and from a value on", async () => {
    const mails = Array.from({ length: 3 }, (_, at) => `${"abc"[at]}-${unique()}@mytest.jp`);
    for (const mail of mails) await by.call("registerSubscriber", { params: by, body: yamada(mail, "01", "11") });
    const { certificates } = await by.call("countCertificates", { params: by });
    expect(certificates).toBe(6);
    const read = async (query: object) => {
      const page = await by.call("listCertificates", {
        params: by,
        query: { sort: "primaryEmail", limit: 4, ...query },
      });
      return { ...page, initials: page.rows.map(({ primaryEmail }) => primaryEmail[0]).join("") };
    };
    const first = await read({});
    expect([first.initials, first.previous]).toEqual(["aabb", undefined]);
    const last = await read({ back: "1" });
    expect([last.initials, last.next]).toEqual(["bbcc", undefined]);
    expect((await read({ back: "1", cursor: last.previous })).initials).toBe("aa");
    expect((await read({ cursor: first.next })).initials).toBe("cc");
    expect((await read({ from: "b" })).initials).toBe("bbcc");
  });
});

describe("services and organizations", () => {
  it("stand in the order in which they were contracted, and 本社 before the others, which follow by their names", async () => {
    const own = await company({});
    for (const name of ["Z", "A"]) await operator("service create", { tenant: own.tenantId, name });
    for (const name of ["営業部", "あおぞら支店", "アカデミー"])
      await operator("organization create", { tenant: own.tenantId, name });
    const { services } = await own.call("listServices");
    expect(services.map(({ name }) => name).slice(1)).toEqual(["Z", "A"]);
    const { organizations } = await own.call("listOrganizations");
    expect(organizations.map(({ name }) => name)).toEqual(["本社", "あおぞら支店", "アカデミー", "営業部"]);
  });
});

describe("the details of a certificate", () => {
  it("are its subject in the certificate's order, its dates, and who did what to it, newest first", async () => {
    const mail = `taro-${unique()}@mytest.jp`;
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(mail, "01", "11") });
    const params = { certificateId: certificates[0]?.certificateId ?? "" };
    await settled(by, params.certificateId);
    await by.call("revokeCertificate", { params, body: { on: japaneseDay(3) } });
    await by.call("cancelRevocation", { params });
    await by.call("revokeCertificate", { params, body: { reason: "keyCompromise" } });
    // The index by subject follows the table.
    await expect
      .poll(async () => (await by.call("getCertificateDetails", { params })).history.map(({ action }) => action))
      .toEqual(["revoked", "revocationCancelled", "revocationPlanned", "issued", "registered"]);
    const details = await by.call("getCertificateDetails", { params });
    expect(details.subject.map(({ name, value }) => `${name}=${value}`)).toEqual([
      `E=${mail}`,
      "CN=Yamada Taro",
      "OU=Warifu",
      expect.stringMatching(/^O=Reiwa/),
      "C=JP",
    ]);
    const [revoked] = details.history;
    expect(revoked).toMatchObject({ reason: "keyCompromise", actor: { kind: "administrator" } });
    expect(JSON.stringify(details.history)).not.toContain("127.0.0.1");
    expect(details).toMatchObject({ row: { status: "revoked" }, serviceId: by.serviceId });
  });
});

describe("a search in a list", () => {
  it("finds what meets all conditions, by the API's own names, and counts it", async () => {
    const mark = unique();
    const own = await company({ licences: "100" });
    for (const [at, familyName] of ["髙橋", "𠮷野", "髙橋"].entries())
      await own.call("registerSubscriber", {
        params: own,
        body: { ...yamada(`${mark}-${at}@mytest.jp`, "01", "20"), familyName },
      });
    const ask = async (query: object) => {
      const { rows } = await own.call("listCertificates", { params: own, query });
      const { certificates } = await own.call("countCertificates", { params: own, query });
      expect(certificates).toBe(rows.length);
      return rows.map(({ familyName, device }) => `${familyName} ${device}`);
    };
    // The indexes follow the table.
    await expect.poll(() => ask({ family: "髙" })).toHaveLength(4);
    expect(await ask({ family: "髙", device: "20" })).toEqual(["髙橋 20", "髙橋 20"]);
    expect(await ask({ family: "𠮷", device: "20,99", sort: "notAfter", order: "desc" })).toEqual(["𠮷野 20"]);
    expect(await ask({ family: "ヤマ", mail: `${mark.toUpperCase()}-1` })).toHaveLength(2);
    expect(await ask({ requestedFrom: japaneseDay(1) })).toEqual([]);
    const reversed = { requestedFrom: japaneseDay(1), requestedTo: japaneseDay(0) };
    expect(await problem(own.call("listCertificates", { params: own, query: reversed }))).toMatchObject({
      errors: [{ field: "requestedTo", code: "spanReversed", message: messageText("spanReversed", "ja") }],
    });
    expect(await problem(own.call("listCertificates", { params: own, query: { status: "lost" } }))).toMatchObject({
      status: 400,
      errors: [{ code: "invalid" }],
    });
  });
});
