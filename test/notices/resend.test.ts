import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import type { Certificate, State } from "../../lambdas/certificates/certificate.ts";
import type { ActResult } from "../../lambdas/certificates/selected.ts";
import { sweep } from "../../lambdas/issuance/sweep.ts";
import { resendNotices, type ResendRequest } from "../../lambdas/notices/resend.ts";
import { newId } from "../../lambdas/registry/identifier.ts";
import { Repeated } from "../../lambdas/transaction/write.ts";
import { actor, type Place, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
const { context } = by;
const memory = access(by.client, "AccessTable");
afterAll(() => by[Symbol.asyncDispose]());
beforeEach(() => {
  by.clock.now = new Date(start);
});

/** A certificate whose key and password are kept. */
async function kept(here: Place, state?: State, changed?: (certificate: Certificate) => Certificate) {
  const certificate = await by.certificate(here, state, changed);
  const { tenantId, certificateId } = certificate;
  const secret = { sealedKey: Buffer.from("key"), sealedPassword: Buffer.from("password") };
  const material = { ...secret, tbs: Buffer.from("tbs"), loginHash: certificateId };
  await context.materials.keep(tenantId, certificateId, material);
  return certificate;
}
async function several(here: Place, count: number): Promise<readonly Certificate[]> {
  const made: Certificate[] = [];
  for (let n = 0; n < count; n++) made.push(await kept(here));
  return made;
}

const requestOf = (here: Place, certificates: readonly Certificate[]): ResendRequest => ({
  tenantId: here.tenantId,
  actId: randomBytes(8).toString("hex"),
  of: { kind: "subscriber", serviceId: here.serviceId },
  certificateIds: certificates.map(({ certificateId }) => certificateId),
  actor,
});
const outcomes = (results: readonly ActResult[]) =>
  results.map((one) => (one.outcome === "done" ? "done" : one.refusal.kind));
/** As the admin site does it: the answer is kept after the last, once. */
const act = (request: ResendRequest, given = context) =>
  resendNotices(given, request, (results) => [
    memory.remember(request.actId, { fingerprint: "f", status: 200, reply: outcomes(results) }, new Date("2027-01-01")),
  ]);

/** How many notices there are about each certificate, sent or not. */
const noticesOf = (certificates: readonly Certificate[]) =>
  Promise.all(certificates.map(async (one) => (await context.notices.listOf(one)).length));
const revoked: State = { status: "revoked", issuedAt: start, revokedAt: start, revocationReason: "unspecified" };

describe("resendNotices", () => {
  it("sends each holder both mails again, to the address of the certificate, audited by whom", async () => {
    const here = await by.place();
    const certificates = await several(here, 12);
    const before = by.sent.notices.length;
    expect(outcomes(await act(requestOf(here, certificates)))).toEqual(certificates.map(() => "done"));
    const notices = (await by.notices(here)).toSorted((a, b) => a.to.localeCompare(b.to));
    expect(by.sent.notices.slice(before)).toHaveLength(12);
    expect(notices).toMatchObject(
      certificates
        .toSorted((a, b) => a.certificateEmail.localeCompare(b.certificateEmail))
        .map(({ certificateEmail, certificateId }) => ({
          kinds: ["subscriber-download", "subscriber-credential"],
          to: certificateEmail,
          certificateIds: [certificateId],
          holder: { resent: true },
        })),
    );
    const audited = await by.audited(here, by.clock.now);
    expect(new Set(audited.map(({ subject }) => subject))).toEqual(
      new Set(certificates.map(({ certificateId }) => certificateId)),
    );
    for (const line of audited) expect(line).toMatchObject({ action: "certificate.resend", actor });
  });

  it("refuses what cannot be downloaded, each with its own reason, and goes on with the others", async () => {
    const here = await by.place();
    const [first, second] = await several(here, 2);
    const destroyed = await kept(here);
    const { tenantId, certificateId } = destroyed;
    await context.commit([context.materials.destroyKey(tenantId, certificateId, new Date(start))]);
    const past = "2026-11-22T02:59:59.000Z";
    const cases = [
      [first, "done"],
      [await kept(here, { status: "issuing" }), "resendIssuing"],
      [await kept(here, { status: "failed", error: "unfinished" }), "resendFailed"],
      [await kept(here, revoked), "resendRevoked"],
      [await kept(here, undefined, (one) => ({ ...one, notAfter: past })), "resendExpired"],
      [destroyed, "resendKeyDestroyed"],
      [await kept(await by.place()), "notFound"],
      [second, "done"],
    ] as [Certificate, string][];
    const results = await act(
      requestOf(
        here,
        cases.map(([one]) => one),
      ),
    );
    expect(outcomes(results)).toEqual(cases.map(([, outcome]) => outcome));
    expect(results.map(({ certificate }) => certificate?.certificateId)).toEqual(
      cases.map(([one, outcome]) => (outcome === "notFound" ? undefined : one.certificateId)),
    );
    expect(await noticesOf(cases.map(([one]) => one))).toEqual(cases.map(([, outcome]) => Number(outcome === "done")));
  });

  it("does not know what belongs to another service of the company, nor an administrator's certificate", async () => {
    const here = await by.place();
    const certificates = await several(here, 1);
    const elsewhere = { ...here, serviceId: newId(here.tenantId, "service", randomBytes) };
    expect(outcomes(await act(requestOf(elsewhere, certificates)))).toEqual(["notFound"]);
    const administratorId = newId(here.tenantId, "administrator", randomBytes);
    const own = {
      ...(certificates[0] as Certificate),
      certificateId: newId(here.tenantId, "certificate", randomBytes),
      serialNumber: randomBytes(16).toString("hex"),
      holder: { kind: "administrator", administratorId, name: "令和 三郎" },
    } as const;
    await context.commit(context.certificates.add(own));
    expect(outcomes(await act(requestOf(here, [own])))).toEqual(["notFound"]);
  });

  it("sends no mail a second time when it is asked for the same certificate twice, or repeated", async () => {
    const here = await by.place();
    const certificates = await several(here, 1);
    const request = requestOf(here, [...certificates, ...certificates]);
    expect(await act(request)).toHaveLength(1);
    await expect(act(request)).rejects.toThrow(Repeated);
    expect(await noticesOf(certificates)).toEqual([1]);
    by.clock.now = new Date(Date.parse(start) + 1);
    await act(requestOf(here, certificates));
    expect(await noticesOf(certificates)).toEqual([2]);
  });

  it("sends each once when it runs several times simultaneously", async () => {
    const here = await by.place();
    const certificates = await several(here, 5);
    const request = requestOf(here, certificates);
    let tick = Date.parse(start);
    const later = { ...context, now: () => new Date(tick++) };
    const runs = await Promise.allSettled(Array.from({ length: 5 }, () => act(request, later)));
    expect(runs.flatMap((run) => (run.status === "fulfilled" ? [outcomes(run.value)] : []))).toEqual([
      certificates.map(() => "done"),
    ]);
    expect(await noticesOf(certificates)).toEqual(certificates.map(() => 1));
  });

  it("that was killed half-way and is repeated does the rest, and the sweep sends what was not queued", async () => {
    const here = await by.place();
    const certificates = await several(here, 25);
    const request = requestOf(here, certificates);
    let left = 13;
    const dying: typeof context = {
      ...context,
      commit: async (writes) => {
        left -= 1;
        if (left < 0) throw new Error("killed");
        return context.commit(writes);
      },
    };
    await expect(act(request, dying)).rejects.toThrow("killed");
    expect(await by.notices(here)).toEqual([]);
    expect((await noticesOf(certificates)).filter((count) => count === 1)).toHaveLength(13);
    by.clock.now = new Date(Date.parse(start) + 1000);
    expect(outcomes(await act(request))).toEqual(certificates.map(() => "done"));
    expect(await noticesOf(certificates)).toEqual(certificates.map(() => 1));
    const later = new Date(Date.parse(start) + 10 * 60_000);
    await sweep({ ...context, issuancesWaiting: async () => 0 }, later);
    const sent = await by.notices(here);
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set(certificates.map((one) => one.certificateEmail)));
  });

  it("is refused where the certificate is revoked meanwhile", async () => {
    const here = await by.place();
    const [certificate] = (await several(here, 1)) as [Certificate];
    const racing: typeof context = {
      ...context,
      commit: async (writes) => {
        await context.commit([context.certificates.move(certificate, ["issued"], revoked)]);
        return context.commit(writes);
      },
    };
    expect(outcomes(await resendNotices(racing, requestOf(here, [certificate])))).toEqual(["changedMeanwhile"]);
    expect(await noticesOf([certificate])).toEqual([0]);
  });

  it("is the first pair of mails, and none again, where the file was for bulk download", async () => {
    const here = await by.place();
    const importRow = { jobId: "j", row: 1, bulkDownload: true };
    const certificate = await kept(here, undefined, (one) => ({ ...one, importRow }));
    await act(requestOf(here, [certificate]));
    by.clock.now = new Date(Date.parse(start) + 1);
    await act(requestOf(here, [certificate]));
    const notices = await context.notices.listOf(certificate);
    expect(notices.map(({ holder }) => holder?.resent)).toEqual([true, undefined]);
  });
});
