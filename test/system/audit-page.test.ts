import { describe, expect, it } from "vitest";
import { adminRoutes } from "../../lambdas/contract/admin.ts";
import { japaneseDay } from "../japanese-day.ts";
import { operator } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

const by = await company({ licences: "20" });
const mail = `taro-${unique()}@mytest.jp`;
const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(mail, "01", "11") });
const [first = "", second = ""] = certificates.map(({ certificateId }) => certificateId);
for (const id of [first, second]) await settled(by, id);
await by.call("revokeCertificate", { params: { certificateId: first }, body: { reason: "keyCompromise" } });
await by.call("revokeCertificate", { params: { certificateId: second }, body: { on: japaneseDay(3) } });
await by.call("cancelRevocation", { params: { certificateId: second } });
await operator("service update", { service: by.serviceId, licences: "30" });

describe("the audit of a company, on its administrators' page", () => {
  it("has every act, newest first, with who, from where, whom, and what was changed", async () => {
    const { lines, next } = await by.call("listAudit");
    expect(next).toBeUndefined();
    expect(lines.map(({ at }) => at)).toEqual(
      lines
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    const of = (action: string) => lines.filter((line) => line.action === action);
    expect(of("certificate.revoke")).toMatchObject([
      {
        actor: { kind: "administrator", name: "令和 三郎", address: "127.0.0.1" },
        subject: { id: first, name: "山田 太郎", mail },
        facts: { reason: "keyCompromise" },
      },
    ]);
    expect(of("subscriber.register")).toMatchObject([{ subject: { name: "山田 太郎", mail } }]);
    expect(of("certificate.issue").filter(({ subject }) => subject.mail === mail)).toHaveLength(2);
    expect(of("certificate.cancelRevocation")).toHaveLength(1);
    const [update] = of("service.update");
    expect(update).toMatchObject({ actor: { kind: "operator" }, subject: { name: "NRAサービス" } });
    expect(update?.actor.requestId).toMatch(/./);
    expect(update?.changes).toContainEqual({ field: "licences", from: "20", to: "30" });
    expect(of("administrator.create")).toHaveLength(1);
    expect(of("tenant.create")).toHaveLength(1);
  });

  it("is filtered by kind, by who acted and by whom it concerns", async () => {
    const actions = async (query: object) => (await by.call("listAudit", { query })).lines.map(({ action }) => action);
    expect(await actions({ kind: "revocation" })).toEqual([
      "certificate.cancelRevocation",
      "certificate.planRevocation",
      "certificate.revoke",
    ]);
    expect(new Set(await actions({ who: "令和" }))).toEqual(
      new Set([
        "certificate.cancelRevocation",
        "certificate.planRevocation",
        "certificate.revoke",
        "subscriber.register",
      ]),
    );
    expect(await actions({ whom: mail.toUpperCase(), kind: "registration" })).toHaveLength(3);
    expect(await actions({ from: japaneseDay(1) })).toEqual([]);
    expect(await actions({ from: japaneseDay(-3), to: japaneseDay(-1) })).toEqual([]);
  });

  it("records that it was taken as a file, once for all parts of it", async () => {
    const body = { from: japaneseDay(-1), to: japaneseDay(0), kind: "revocation,handOut" };
    const taken = await by.call("exportAudit", { body });
    // Beside the three revocations the administrator's own certificate, whose ID was shown and which was downloaded.
    expect(taken.lines).toHaveLength(5);
    const { lines } = await by.call("listAudit", { query: { kind: "handOut" } });
    expect(lines.map(({ action }) => action)).toEqual(["audit.export", "certificate.download", "credential.reveal"]);
    expect(lines[0]).toMatchObject({ actor: { name: "令和 三郎" }, facts: body });
  });

  it("goes on from page to page over days with nothing in them, and refuses what is no place in it", async () => {
    const query = { from: japaneseDay(-200) };
    const { next, lines } = await by.call("listAudit", { query });
    expect(lines.length).toBeGreaterThan(5);
    const more = await by.call("listAudit", { query: { ...query, cursor: next } });
    expect(more.lines).toEqual([]);
    expect(adminRoutes.listAudit.query.safeParse({ cursor: "2026-12-01.x" }).success).toBe(false);
  });

  it("is another company's to nobody", async () => {
    const other = await company();
    const { lines } = await other.call("listAudit");
    expect(JSON.stringify(lines)).not.toContain(by.tenantId);
  });
});
