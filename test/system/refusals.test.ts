import { describe, expect, it } from "vitest";
import { unsafeHeaders } from "../../lambdas/contract/problem.ts";
import { messageText } from "../../lambdas/contract/messages.ts";
import { cursorOf, sortColumns } from "../../lambdas/contract/lists.ts";
import { fetchPkcs12, operator, revealed, serverCa, subjects } from "./system.ts";
import { requester } from "./request.ts";
import { adminOrigin, administratorCaller, company, settled, unique, yamada } from "./tenant.ts";

const [by, other] = [await company({ licences: "3" }), await company({ licences: "1000" })];
const subscribersOf = (one: { serviceId: string; organizationId: string }) =>
  `${adminOrigin}/api/services/${one.serviceId}/organizations/${one.organizationId}/subscribers`;
const rows = async () => (await by.call("listCertificates", { params: by })).rows;
const used = async () =>
  (await by.call("listServices")).services.find(({ serviceId }) => serviceId === by.serviceId)?.licencesUsed;
const mailOf = () => `taro-${unique()}@mytest.jp`;

/** What the API refuses with, or `undefined` when it does not. */
async function problem(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    return (error as { problem?: { status: number; type: string; title: string; errors?: unknown[] } }).problem;
  }
  return undefined;
}

describe("a field that breaks its rule", () => {
  it.each([
    ["familyName", "山田'", "name", { character: "'", place: 3 }],
    ["givenName", "", "required", {}],
    ["familyNameKana", "山田", "kana", { character: "山", place: 1 }],
    ["givenNameKana", "Taro", "kana", { character: "T", place: 1 }],
    ["familyNameEnglish", "Da\u200bSilva", "english", { character: "U+200B", place: 3 }],
    ["givenNameEnglish", "Ta'ro", "english", { character: "'", place: 3 }],
    ["primaryEmail", "ta+ro@mytest.jp", "mailCharacter", { character: "+", place: 3 }],
    ["primaryEmail", "taro@mytest", "mail", {}],
  ] as const)("%s = %j is refused at the field with the page's own words", async (field, value, code, facts) => {
    const before = await rows();
    const refused = await problem(
      by.call("registerSubscriber", { params: by, body: { ...yamada(mailOf(), "01"), [field]: value } }),
    );
    expect(refused).toMatchObject({ status: 400, errors: [{ field, code, message: messageText(code, "ja", facts) }] });
    expect(await rows()).toEqual(before);
  });

  it("is told from one that has no value, and from one of another type", async () => {
    const { givenName: _, ...body } = { ...yamada(mailOf(), "01"), familyName: 1 };
    const refused = await problem(by.call("registerSubscriber", { params: by, body: body as never }));
    expect(refused?.errors).toEqual([
      { field: "familyName", code: "invalid", message: messageText("invalid", "ja") },
      { field: "givenName", code: "required", message: messageText("required", "ja") },
    ]);
  });

  it.each([
    ["limit", "x"],
    ["limit", "101"],
    ["sort", "colour"],
  ] as const)("of a query is refused likewise: %s=%s", async (field, value) => {
    const refused = await problem(by.call("listCertificates", { params: by, query: { [field]: value } }));
    expect(refused).toMatchObject({
      status: 400,
      errors: [{ field, code: "invalid", message: messageText("invalid", "ja") }],
    });
  });

  it("names the device's line", async () => {
    const body = { ...yamada(mailOf()), devices: [{ device: "01" as const, to: "2027/01/01" }] };
    expect(await problem(by.call("registerSubscriber", { params: by, body }))).toMatchObject({
      status: 400,
      errors: [{ field: "devices.0.to", code: "periodNotContracted" }],
    });
  });
});

describe("a service confined to dates and to a mail domain", () => {
  it("says at the fields what it takes", async () => {
    const own = await company({ options: "period", "allow-mail-domain": "mytest.jp" });
    const ask = (primaryEmail: string, to: string) =>
      problem(
        own.call("registerSubscriber", {
          params: own,
          body: { ...yamada(primaryEmail), devices: [{ device: "01" as const, to }] },
        }),
      );
    expect(await ask(mailOf(), "2027.01.01")).toMatchObject({
      status: 400,
      errors: [{ field: "devices.0.to", code: "dateOnly", message: messageText("dateOnly", "ja") }],
    });
    const message = messageText("mailDomainNotAllowed", "ja", { domain: "other.jp", allowed: "mytest.jp" });
    expect(await ask("taro@other.jp", "2027/01/01")).toMatchObject({
      status: 400,
      type: "urn:warifu:problem:mailDomainNotAllowed",
      title: message,
      errors: [{ field: "primaryEmail", code: "mailDomainNotAllowed", message }],
    });
  });
});

describe("the longest fields", () => {
  /** 254 characters, 64 of them before the @. */
  const longest = () => {
    const local = unique().padEnd(64, "x");
    return `${local}@${"d".repeat(63)}.${"d".repeat(63)}.${"d".repeat(58)}.jp`;
  };
  const body = (primaryEmail: string) => ({
    ...yamada(primaryEmail, "01", "99"),
    familyName: "齋".repeat(64),
    givenName: "𠮷".repeat(32),
    familyNameKana: "ヴ".repeat(64),
    givenNameKana: "ガ".repeat(64),
    familyNameEnglish: "F".repeat(32),
    givenNameEnglish: "G".repeat(31),
  });

  it("are registered, issued, listed in every order and a page at a time, downloaded and revoked", async () => {
    const long = await company({ licences: "10" });
    const emails = [longest(), longest()];
    for (const email of emails) {
      expect(email).toHaveLength(254);
      const { certificates } = await long.call("registerSubscriber", { params: long, body: body(email) });
      // A row that changes its status moves in that order: between two pages it would be seen twice, or not at all.
      for (const { certificateId } of certificates)
        expect(await settled(long, certificateId)).toMatchObject({ status: "issued" });
    }
    for (const sort of sortColumns) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await long.call("listCertificates", { params: long, query: { sort, limit: 1, cursor } });
        seen.push(...page.rows.map(({ primaryEmail, device }) => `${primaryEmail} ${device}`));
        cursor = page.next;
      } while (cursor !== undefined);
      expect(seen).toHaveLength(4);
      expect(new Set(seen).size).toBe(4);
      if (sort !== "status" && sort !== "device") {
        const expected = emails.toSorted().flatMap((email) => [`${email} 01`, `${email} 99`]);
        expect(seen).toEqual(expected);
      }
    }
    const [row] = (await long.call("listCertificates", { params: long })).rows;
    const credential = await revealed(row?.primaryEmail ?? "", subjects.subscriberCredential);
    expect((await fetchPkcs12(credential)).length).toBeGreaterThan(1000);
    const params = { certificateId: row?.certificateId ?? "" };
    expect(await long.call("revokeCertificate", { params, body: {} })).toMatchObject({ status: "revoked" });
  });
});

describe("licences", () => {
  it("refuse a registration beyond the count whole, naming the count, and change nothing", async () => {
    const before = await rows();
    const refused = await problem(
      by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01", "11", "12", "20") }),
    );
    expect(refused).toMatchObject({ status: 409, type: "urn:warifu:problem:licencesExceeded" });
    expect(refused?.title).toContain("契約 3");
    expect([await rows(), await used()]).toEqual([before, 0]);
  });

  it("are taken by registrations, by the last one of a race only while one is free, and freed by revocation", async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 5 }, () => by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01") })),
    );
    const won = attempts.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(won).toHaveLength(3);
    expect(await used()).toBe(3);
    const certificateId = won[0]?.certificates[0]?.certificateId ?? "";
    await settled(by, certificateId);
    await by.call("revokeCertificate", { params: { certificateId }, body: {} });
    expect(await used()).toBe(2);
    await by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01") });
    expect(await used()).toBe(3);
    await operator("service update", { service: by.serviceId, licences: "1000" });
  });
});

describe("somebody else's or no thing", () => {
  it.each(["unknown", "foreign"])("looks the same: %s service, organization, certificate", async (kind) => {
    const theirs = await other.call("registerSubscriber", { params: other, body: yamada(mailOf(), "01") });
    const missing = `${by.tenantId}-s000000000000`;
    const at = {
      serviceId: kind === "foreign" ? other.serviceId : missing,
      organizationId: kind === "foreign" ? other.organizationId : missing,
      certificateId: kind === "foreign" ? (theirs.certificates[0]?.certificateId ?? "") : missing,
    };
    const answers = await Promise.all([
      problem(by.call("listCertificates", { params: at })),
      problem(
        by.call("registerSubscriber", { params: { ...by, serviceId: at.serviceId }, body: yamada(mailOf(), "01") }),
      ),
      problem(
        by.call("registerSubscriber", {
          params: { ...by, organizationId: at.organizationId },
          body: yamada(mailOf(), "01"),
        }),
      ),
      problem(by.call("getCertificate", { params: at })),
      problem(by.call("revokeCertificate", { params: at, body: {} })),
    ]);
    const notFound = { type: "urn:warifu:problem:notFound", title: messageText("notFound", "ja", {}), status: 404 };
    expect(answers).toEqual([notFound, notFound, notFound, notFound, notFound]);
  });

  it("is not opened by a cursor either", async () => {
    const theirs = await other.call("listCertificates", { params: other, query: { limit: 1 } });
    const row = theirs.rows[0];
    const cursor = cursorOf(`ヤマタ\u0000${row?.certificateId}`);
    const page = await by.call("listCertificates", { params: by, query: { cursor } });
    expect(page.rows.filter(({ certificateId }) => !certificateId.startsWith(by.tenantId))).toEqual([]);
  });
});

describe("a second click", () => {
  it("with the same key is answered alike and registers once", async () => {
    const before = await used();
    const rounds = 8;
    for (let round = 0; round < rounds; round++) {
      const [body, idempotencyKey] = [yamada(mailOf(), "01"), unique() + unique()];
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => by.call("registerSubscriber", { params: by, body, idempotencyKey })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    }
    expect(await used()).toBe((before ?? 0) + rounds);
  });

  it("with the same key and another content is refused", async () => {
    const idempotencyKey = unique() + unique();
    await by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01"), idempotencyKey });
    const again = by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01"), idempotencyKey });
    expect(await problem(again)).toMatchObject({ status: 409, type: "urn:warifu:problem:idempotencyReuse" });
  });

  it("without its key finds the slot taken and points to the mails and to another address", async () => {
    const body = yamada(mailOf(), "01");
    await by.call("registerSubscriber", { params: by, body });
    const again = { ...body, primaryEmail: body.primaryEmail.toUpperCase() };
    const refused = await problem(by.call("registerSubscriber", { params: by, body: again }));
    expect(refused).toMatchObject({ status: 409, type: "urn:warifu:problem:slotTaken" });
    expect(refused?.title).toMatch(/利用デバイス WindowsPC には.*案内メールを再送.*別のメールアドレス/);
    expect(refused?.errors).toEqual([{ field: "devices.0", code: "slotTaken", message: refused?.title }]);
  });

  it("under another name shows both names", async () => {
    const body = yamada(mailOf(), "01");
    await by.call("registerSubscriber", { params: by, body });
    const renamed = { ...body, familyName: "山本", devices: [{ device: "11" as const }] };
    const refused = await problem(by.call("registerSubscriber", { params: by, body: renamed }));
    expect(refused).toMatchObject({ status: 409, type: "urn:warifu:problem:subscriberDiffers" });
    expect(refused?.title).toMatch(/山田.*山本/);
  });
});

describe("a subscriber of another organization", () => {
  it("is refused with the address and where to go", async () => {
    const body = yamada(mailOf(), "01");
    await by.call("registerSubscriber", { params: by, body });
    const options = { tenant: by.tenantId, name: "支社" };
    const { organizationId } = await operator<{ organizationId: string }>("organization create", options);
    const there = by.call("registerSubscriber", { params: { ...by, organizationId }, body });
    const title = expect.stringMatching(new RegExp(`${body.primaryEmail}.*一覧から`)) as string;
    expect(await problem(there)).toMatchObject({ status: 409, type: "urn:warifu:problem:otherOrganization", title });
  });
});

describe("a forged request", () => {
  const good = {
    "Content-Type": "application/json",
    Origin: adminOrigin,
    [unsafeHeaders.marker]: unsafeHeaders.markerValue,
    [unsafeHeaders.idempotency]: "0123456789",
  };
  const { Origin: _origin, ...withoutOrigin } = good;
  const { [unsafeHeaders.marker]: _marker, ...withoutMarker } = good;
  it.each([
    ["no Origin", withoutOrigin],
    ["another Origin", { ...good, Origin: "https://evil.example" }],
    ["the Origin in other words", { ...good, Origin: `${adminOrigin}.evil.example` }],
    ["a form's content type", { ...good, "Content-Type": "text/plain" }],
    ["no marker", withoutMarker],
    ["a cross-site fetch", { ...good, "Sec-Fetch-Site": "cross-site" }],
  ])("with %s is refused before its body is read, and changes nothing", async (_, headers) => {
    const before = await used();
    const answer = await by.fetch(subscribersOf(by), {
      method: "POST",
      headers: headers as Record<string, string>,
      body: "not even JSON",
    });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ type: "urn:warifu:problem:forgery" });
    expect(await used()).toBe(before);
  });

  it("is told from a call that lacks its key, and from a malformed body", async () => {
    const { [unsafeHeaders.idempotency]: _key, ...withoutKey } = good;
    const keyless = await by.fetch(subscribersOf(by), { method: "POST", headers: withoutKey, body: "{}" });
    expect([keyless.status, await keyless.json()]).toMatchObject([
      400,
      { type: "urn:warifu:problem:idempotencyMissing" },
    ]);
    const malformed = await by.fetch(subscribersOf(by), { method: "POST", headers: good, body: "{" });
    expect([malformed.status, await malformed.json()]).toMatchObject([400, { type: "urn:warifu:problem:malformed" }]);
  });

  it("is refused before it is read when it is larger than any right one", async () => {
    const body = JSON.stringify({ familyName: "a\u0301\u0316".repeat(20_000) });
    const answer = await by.fetch(subscribersOf(by), { method: "POST", headers: good, body });
    expect([answer.status, await answer.json()]).toMatchObject([
      413,
      { type: "urn:warifu:problem:bodyTooLarge", title: expect.stringContaining("65536") as unknown },
    ]);
  });

  it("gets no permission from CORS", async () => {
    const answer = await by.fetch(`${adminOrigin}/api/session`, { headers: { Origin: "https://evil.example" } });
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });
});

describe("the admin site's door", () => {
  it("does not open without a certificate", async () => {
    const answer = await requester({ ca: serverCa })(`${adminOrigin}/api/session`).catch((error: unknown) => error);
    if (answer instanceof Response) expect(answer.status).toBe(403);
    else
      expect((answer as NodeJS.ErrnoException).code).toMatch(
        /^(ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED|ERR_SSL_SSL\/TLS_ALERT_HANDSHAKE_FAILURE|ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE|ECONNRESET)$/,
      );
  });

  it("does not open for a subscriber's certificate", async () => {
    const email = mailOf();
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
    await settled(by, certificates[0]?.certificateId ?? "");
    const credential = await revealed(email, subjects.subscriberCredential);
    const pfx = await fetchPkcs12(credential);
    const call = administratorCaller({ ca: serverCa, pfx, passphrase: credential.password });
    const refused = await call("getSession").then(
      () => "let in",
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Error);
    const { status } = (refused as { problem?: { status: number } }).problem ?? { status: 403 };
    expect(status).toBe(403);
  });

  it("closes at the next request of a revoked administrator", async () => {
    const leaver = await company();
    expect(await leaver.call("getSession")).toMatchObject({ administrator: { email: leaver.email } });
    await operator("administrator revoke", { administrator: leaver.administratorId });
    const refused = { status: 403, type: "urn:warifu:problem:unauthenticated" };
    expect(await problem(leaver.call("getSession"))).toMatchObject(refused);
    const registering = leaver.call("registerSubscriber", { params: leaver, body: yamada(mailOf(), "01") });
    expect(await problem(registering)).toMatchObject(refused);
  });

  it("hides 新規追加's road from a service that may not issue", async () => {
    await operator("service update", { service: other.serviceId, issuing: false });
    const refused = await problem(other.call("registerSubscriber", { params: other, body: yamada(mailOf(), "01") }));
    expect(refused).toMatchObject({ status: 403, type: "urn:warifu:problem:issuingNotAllowed" });
    await operator("service update", { service: other.serviceId, issuing: true });
  });
});

describe("a revocation", () => {
  it("is refused while the certificate is being issued, and a second time", async () => {
    const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(mailOf(), "01") });
    const certificateId = certificates[0]?.certificateId ?? "";
    const at = { params: { certificateId }, body: {} };
    const early = await problem(by.call("revokeCertificate", at));
    if (early !== undefined) expect(early).toMatchObject({ status: 409, type: "urn:warifu:problem:stillIssuing" });
    await settled(by, certificateId);
    if (early !== undefined) await by.call("revokeCertificate", at);
    expect(await problem(by.call("revokeCertificate", at))).toMatchObject({
      status: 409,
      type: "urn:warifu:problem:notLive",
    });
  });
});
