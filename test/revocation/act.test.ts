import { randomBytes } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import type { ActResult } from "../../lambdas/certificates/selected.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import { type ActRequest, carryOut, type Change } from "../../lambdas/revocation/act.ts";
import { revokeDue } from "../../lambdas/revocation/due.ts";
import { Repeated } from "../../lambdas/transaction/write.ts";
import { actor, type Place, world } from "../world.ts";

const now = "2026-11-22T03:00:00.000Z";
const at = new Date("2026-11-24T15:00:00.000Z");
const minute = 60_000;
const by = await world(now);
const { context } = by;
const memory = access(by.client, "AccessTable");
afterAll(() => by[Symbol.asyncDispose]());

const revoking: Change = { kind: "revoke", reason: "keyCompromise" };
const planning: Change = { kind: "plan", reason: "superseded", at };

/** A tenant with two active administrators and some certificates. */
async function company(count: number) {
  const here = await by.place();
  const administratorId = newId(here.tenantId, "administrator", randomBytes);
  const shiro = { name: "令和 四郎", englishName: "Reiwa Shiro", language: "en", email: "shiro@example.jp" } as const;
  await context.commit([
    context.administrators.addAdministrator({
      ...here,
      ...shiro,
      administratorId,
      status: "active",
      certificateId: "",
    }),
  ]);
  const certificates: Certificate[] = [];
  for (let n = 0; n < count; n++) certificates.push(await by.certificate(here));
  return { here, certificates };
}

const requestOf = (here: Place, certificates: readonly Certificate[], change: Change): ActRequest => ({
  tenantId: here.tenantId,
  actId: randomBytes(8).toString("hex"),
  of: { kind: "subscriber", serviceId: here.serviceId },
  certificateIds: certificates.map(({ certificateId }) => certificateId),
  change,
  actor,
});

/** Carries it out as the admin site does: the answer is kept with the mail, once. */
const act = (request: ActRequest, given = context) =>
  carryOut(given, request, (results) => [
    memory.remember(request.actId, { fingerprint: "f", status: 200, reply: outcomes(results) }, new Date(at)),
  ]);

const outcomes = (results: readonly ActResult[]) =>
  results.map((one) => (one.outcome === "done" ? one.certificate.state.status : one.refusal.kind));

/** Recipients and certificates of each mail to a tenant's administrators. */
const mailsTo = async (here: Place) =>
  (await by.notices(here)).map(({ kinds, to, certificateIds, act: about }) => ({
    kind: kinds[0],
    to,
    certificateIds: certificateIds.toSorted(),
    count: about?.count,
    told: about?.told,
  }));

const ids = (certificates: readonly Certificate[]) => certificates.map((one) => one.certificateId).toSorted();

/** The same tables, whose commits end with the `after`-th: the process is killed, before it was written or right after. */
const dying = (after: number, written: boolean): typeof context => {
  let left = after;
  return {
    ...context,
    commit: async (writes) => {
      left -= 1;
      if (left > 0) return context.commit(writes);
      if (left === 0 && written) await context.commit(writes);
      throw new Error("killed");
    },
  };
};

describe("carrying out an act", () => {
  it("revokes each certificate by itself, asks for the CRL once and sends each administrator one mail of all", async () => {
    const { here, certificates } = await company(5);
    const published = by.sent.publications.length;
    expect(outcomes(await act(requestOf(here, certificates, revoking)))).toEqual(certificates.map(() => "revoked"));
    expect(by.sent.publications.slice(published)).toEqual(["subscribers"]);
    expect(await by.licencesUsed(here)).toBe(0);
    const mail = { kind: "revocation", certificateIds: ids(certificates), count: 5, told: undefined };
    expect((await mailsTo(here)).toSorted((a, b) => a.to.localeCompare(b.to))).toEqual([
      { ...mail, to: "saburo@example.jp" },
      { ...mail, to: "shiro@example.jp" },
    ]);
    const audited = (await by.audited(here, by.clock.now)).map(({ action, subject }) => [action, subject]);
    expect(audited.toSorted((a, b) => String(a[1]).localeCompare(String(b[1])))).toEqual(
      ids(certificates).map((id) => ["certificate.revoke", id]),
    );
  });

  it("goes on with the others when one is refused, says why, and lists only what was done", async () => {
    const { here, certificates } = await company(2);
    const [issuing, gone] = [
      await by.certificate(here, { status: "issuing" }),
      await by.certificate(here, { status: "revoked", issuedAt: now, revokedAt: now, revocationReason: "unspecified" }),
    ];
    const { certificates: foreign } = await company(1);
    const [first, second] = certificates as [Certificate, Certificate];
    const all = [first, issuing, gone, ...foreign, second];
    const results = await act(requestOf(here, all, revoking));
    expect(outcomes(results)).toEqual(["revoked", "stillIssuing", "notLive", "notFound", "revoked"]);
    expect(results.map(({ certificate }) => certificate?.state.status)).toEqual([
      "revoked",
      "issuing",
      "revoked",
      undefined,
      "revoked",
    ]);
    expect((await mailsTo(here)).map(({ certificateIds }) => certificateIds)).toEqual([
      ids(certificates),
      ids(certificates),
    ]);
  });

  it("does not know what belongs to another service of the company", async () => {
    const { here, certificates } = await company(1);
    const elsewhere = { ...here, serviceId: newId(here.tenantId, "service", randomBytes) };
    expect(outcomes(await act(requestOf(elsewhere, certificates, revoking)))).toEqual(["notFound"]);
    expect(await mailsTo(here)).toEqual([]);
  });

  it("does each once, however often it is named", async () => {
    const { here, certificates } = await company(1);
    expect(await act(requestOf(here, [...certificates, ...certificates], revoking))).toHaveLength(1);
  });

  it("sends no mail and asks for no CRL when nothing was done, and is remembered all the same", async () => {
    const { here } = await company(0);
    const published = by.sent.publications.length;
    const request = requestOf(here, [await by.certificate(here, { status: "issuing" })], revoking);
    expect(outcomes(await act(request))).toEqual(["stillIssuing"]);
    expect(by.sent.publications).toHaveLength(published);
    expect(await mailsTo(here)).toEqual([]);
    expect(await memory.findRemembered(request.actId)).toMatchObject({ reply: ["stillIssuing"] });
  });

  it.each([
    ["before", 1, false],
    ["in the middle", 3, false],
    ["in the middle, its last answer not received", 3, true],
    ["before its mail", 6, false],
  ] as const)(
    "that was killed %s and is repeated does the rest, and tells of all by one mail",
    async (_, after, written) => {
      const { here, certificates } = await company(5);
      const request = requestOf(here, certificates, revoking);
      await expect(act(request, dying(after, written))).rejects.toThrow("killed");
      expect(await mailsTo(here)).toEqual([]);
      expect(outcomes(await act(request))).toEqual(certificates.map(() => "revoked"));
      expect(await by.licencesUsed(here)).toBe(0);
      expect((await mailsTo(here)).map(({ certificateIds, count }) => [certificateIds, count])).toEqual([
        [ids(certificates), 5],
        [ids(certificates), 5],
      ]);
    },
  );

  it("that was done sends nothing more when it is repeated: its answer is in memory", async () => {
    const { here, certificates } = await company(2);
    const request = requestOf(here, certificates, revoking);
    await act(request);
    await expect(act(request)).rejects.toThrow(Repeated);
    expect(await mailsTo(here)).toHaveLength(2);
  });

  it("that was killed and is never repeated is told of by the sweep, once", async () => {
    const { here, certificates } = await company(3);
    await expect(act(requestOf(here, certificates, revoking), dying(3, false))).rejects.toThrow("killed");
    const sweep = (later: number) => {
      by.clock.now = new Date(Date.parse(now) + later);
      return revokeDue(context, by.clock.now, new Date(by.clock.now.getTime() + minute));
    };
    await sweep(5 * minute);
    expect(await mailsTo(here)).toEqual([]);
    await sweep(11 * minute);
    await sweep(30 * minute);
    expect((await mailsTo(here)).map(({ kind, certificateIds }) => [kind, certificateIds])).toEqual([
      ["revocation", ids(certificates.slice(0, 2))],
      ["revocation", ids(certificates.slice(0, 2))],
    ]);
    by.clock.now = new Date(now);
  });

  it("is told of once when it runs several times simultaneously", async () => {
    const { here, certificates } = await company(4);
    const request = requestOf(here, certificates, revoking);
    const runs = await Promise.allSettled(Array.from({ length: 5 }, () => act(request)));
    const done = runs.flatMap((run) => (run.status === "fulfilled" ? [outcomes(run.value)] : []));
    expect(done).toEqual([certificates.map(() => "revoked")]);
    for (const run of runs) if (run.status === "rejected") expect(run.reason).toBeInstanceOf(Repeated);
    expect((await mailsTo(here)).map(({ certificateIds }) => certificateIds)).toEqual([
      ids(certificates),
      ids(certificates),
    ]);
    expect(await by.licencesUsed(here)).toBe(0);
  });
});

describe("planning revocations", () => {
  it("tells of all by one mail with the day and the reason", async () => {
    const { here, certificates } = await company(3);
    const published = by.sent.publications.length;
    const results = await act(requestOf(here, certificates, planning));
    expect(results.map(({ certificate }) => certificate?.revokeOn?.at)).toEqual(
      certificates.map(() => at.toISOString()),
    );
    expect(by.sent.publications).toHaveLength(published);
    const told = { on: at.toISOString(), reason: "superseded" };
    expect(await mailsTo(here)).toMatchObject([
      { kind: "revocation-planned", certificateIds: ids(certificates), told },
      { kind: "revocation-planned", certificateIds: ids(certificates), told },
    ]);
  });

  it("sends one mail, however many ask for the same day simultaneously", async () => {
    const { here, certificates } = await company(1);
    const all = await Promise.all(Array.from({ length: 20 }, () => act(requestOf(here, certificates, planning))));
    expect(all.flatMap(outcomes)).toEqual(all.map(() => "issued"));
    expect((await mailsTo(here)).map(({ to }) => to).toSorted()).toEqual(["saburo@example.jp", "shiro@example.jp"]);
    expect(await by.audited(here, by.clock.now)).toHaveLength(1);
  });

  it("lists what was changed, and not what was planned so before", async () => {
    const { here, certificates } = await company(3);
    await act(requestOf(here, certificates.slice(0, 2), planning));
    await act(requestOf(here, certificates, planning));
    expect((await mailsTo(here)).slice(2).map(({ certificateIds }) => certificateIds)).toEqual([
      ids(certificates.slice(2)),
      ids(certificates.slice(2)),
    ]);
  });
});

describe("cancelling planned revocations", () => {
  it("tells of all by one mail, each with the day that it was planned for", async () => {
    const { here, certificates } = await company(3);
    const [first, second, unplanned] = certificates as [Certificate, Certificate, Certificate];
    const elsewhen = new Date(at.getTime() + 86_400_000);
    await act(requestOf(here, [first], planning));
    await act(requestOf(here, [second], { ...planning, at: elsewhen }));
    const before = (await mailsTo(here)).length;
    const results = await act(requestOf(here, [first, second, unplanned], { kind: "cancel" }));
    expect(outcomes(results)).toEqual(["issued", "issued", "revocationNotPlanned"]);
    expect(results.map(({ certificate }) => certificate?.revokeOn)).toEqual([undefined, undefined, undefined]);
    const plannedFor = { [first.certificateId]: at.toISOString(), [second.certificateId]: elsewhen.toISOString() };
    const mail = { kind: "revocation-cancelled", certificateIds: ids([first, second]), told: { plannedFor } };
    expect((await mailsTo(here)).slice(before)).toMatchObject([mail, mail]);
  });
});
