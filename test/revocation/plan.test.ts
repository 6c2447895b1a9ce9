import { afterAll, describe, expect, it } from "vitest";
import { certificateView } from "../../lambdas/certificates/view.ts";
import { cancelRevocation, scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { actor, refusal, world } from "../world.ts";

const now = "2026-11-22T03:00:00.000Z";
const at = new Date("2026-11-24T15:00:00.000Z");
const later = new Date("2026-11-29T15:00:00.000Z");
const by = await world(now);
const { context } = by;
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

const plan = (certificate: { tenantId: string; certificateId: string }, on = at) =>
  scheduleRevocation(context, { ...certificate, at: on, reason: "cessationOfOperation", actor });

describe("scheduleRevocation", () => {
  it("leaves the certificate as it is, and shows the day and the reason", async () => {
    const certificate = await by.certificate(here);
    const used = await by.licencesUsed(here);
    expect(await plan(certificate)).toMatchObject({ changed: true });
    const row = await by.row(certificate);
    expect(row.state).toEqual(certificate.state);
    expect(row.revokeOn).toMatchObject({ at: at.toISOString(), reason: "cessationOfOperation", actor });
    expect(certificateView(row)).toMatchObject({
      status: "issued",
      revokeOn: at.toISOString(),
      revocationReason: "cessationOfOperation",
    });
    expect(await by.licencesUsed(here)).toBe(used);
    expect(await context.ledger.read("subscribers")).toEqual([]);
    expect(await by.audited(here, by.clock.now)).toMatchObject([
      {
        action: "certificate.planRevocation",
        subject: certificate.certificateId,
        actor,
        facts: { on: at.toISOString() },
      },
    ]);
  });

  it("changes a plan to another day and reason, and keeps both in the audit", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    await scheduleRevocation(context, { ...certificate, at: later, reason: "superseded", actor });
    expect((await by.row(certificate)).revokeOn).toMatchObject({ at: later.toISOString(), reason: "superseded" });
    const due = await context.plans.listDue(at.toISOString());
    expect(due.map(({ certificateId }) => certificateId)).not.toContain(certificate.certificateId);
    expect(await by.audited(here, by.clock.now)).toContainEqual(
      expect.objectContaining({
        action: "certificate.changeRevocation",
        facts: expect.objectContaining({ before: at.toISOString(), on: later.toISOString() }) as object,
      }),
    );
  });

  it.each([
    [{ status: "issuing" }, "stillIssuing"],
    [{ status: "failed", error: "unfinished" }, "notLive"],
    [{ status: "revoked", issuedAt: now, revokedAt: now, revocationReason: "unspecified" }, "notLive"],
  ] as const)("refuses a certificate that is %j", async (state, kind) => {
    const certificate = await by.certificate(here, state);
    expect(await refusal(plan(certificate))).toMatchObject({ kind });
    expect((await by.row(certificate)).revokeOn).toBeUndefined();
  });

  it("writes nothing for the same plan again, but what a job adds", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const [row, audited] = [await by.row(certificate), await by.audited(here, by.clock.now)];
    const other = { kind: "operator", name: "arn:aws:iam::000000000000:user/else", requestId: "r" } as const;
    const request = { ...certificate, at, reason: "cessationOfOperation", actor: other } as const;
    const marker = { ...certificate, certificateId: `${certificate.certificateId}x` };
    const again = await scheduleRevocation(context, request, () => [
      context.materials.retire(marker.tenantId, marker.certificateId),
    ]);
    expect(again).toEqual({ certificate: row, changed: false });
    expect(await by.row(certificate)).toEqual(row);
    expect(await by.audited(here, by.clock.now)).toEqual(audited);
    expect(
      await refusal(context.commit([context.materials.retire(marker.tenantId, marker.certificateId)])),
    ).toMatchObject({ kind: "changedMeanwhile" });
  });

  it("accepts each of those who make the same plan simultaneously", async () => {
    const certificate = await by.certificate(here);
    const all = await Promise.all(Array.from({ length: 20 }, () => plan(certificate)));
    expect(all.filter(({ changed }) => changed)).toHaveLength(1);
  });

  it("refuses the later of two who make different plans simultaneously", async () => {
    const certificate = await by.certificate(here);
    const both = await Promise.allSettled([plan(certificate), plan(certificate, later)]);
    const [refused, ...more] = both.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
    expect(refused).toMatchObject({ kind: "changedMeanwhile" });
    expect(more).toEqual([]);
  });

  it("writes nothing for the later of two, who had read the row before", async () => {
    const certificate = await by.certificate(here);
    const known = await by.row(certificate);
    await plan(certificate);
    // The other one had read the row before.
    const commit = context.commit([
      context.plans.plan(known, {
        at: later.toISOString(),
        reason: "superseded",
        actor,
        plannedAt: now,
      }),
    ]);
    expect(await refusal(commit)).toMatchObject({ kind: "changedMeanwhile" });
    expect((await by.row(certificate)).revokeOn?.at).toBe(at.toISOString());
  });

  it("does what a job adds together with the plan, or neither", async () => {
    const certificate = await by.certificate(here);
    const order = { ...certificate, at, reason: "unspecified", actor } as const;
    const marker = { ...certificate, certificateId: `${certificate.certificateId}x` };
    await scheduleRevocation(context, order, () => [context.materials.retire(marker.tenantId, marker.certificateId)]);
    // The same marker again is refused, and with it the change.
    const again = scheduleRevocation(context, { ...order, at: later }, () => [
      context.materials.retire(marker.tenantId, marker.certificateId),
    ]);
    expect(await refusal(again)).toMatchObject({ kind: "changedMeanwhile" });
    expect((await by.row(certificate)).revokeOn?.at).toBe(at.toISOString());
  });
});

describe("cancelRevocation", () => {
  it("takes the plan away and gives it back, is audited, and nothing is due any more", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const { ended } = await cancelRevocation(context, { ...certificate, actor });
    const row = await by.row(certificate);
    expect(row.revokeOn).toBeUndefined();
    expect(certificateView(row)).not.toHaveProperty("revokeOn");
    expect(certificateView(row)).not.toHaveProperty("revocationReason");
    expect(ended).toMatchObject({ at: at.toISOString() });
    const due = await context.plans.listDue(later.toISOString());
    expect(due.map(({ certificateId }) => certificateId)).not.toContain(certificate.certificateId);
    expect(await by.audited(here, by.clock.now)).toContainEqual(
      expect.objectContaining({ action: "certificate.cancelRevocation" }),
    );
  });

  it("refuses where nothing is planned", async () => {
    const certificate = await by.certificate(here);
    expect(await refusal(cancelRevocation(context, { ...certificate, actor }))).toMatchObject({
      kind: "revocationNotPlanned",
    });
  });

  it("does not find another tenant's certificate", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const { tenantId } = await by.place();
    const foreign = cancelRevocation(context, { ...certificate, tenantId, actor });
    expect(await refusal(foreign)).toMatchObject({ kind: "notFound" });
    expect((await by.row(certificate)).revokeOn).toBeDefined();
  });

  it("loses against a change that was made meanwhile", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const { revokeOn, ...known } = await by.row(certificate);
    await plan(certificate, later);
    if (revokeOn === undefined) throw new Error("no plan");
    const write = context.plans.cancel({ ...known, revokeOn });
    expect(await refusal(context.commit([write]))).toMatchObject({ kind: "changedMeanwhile" });
    expect((await by.row(certificate)).revokeOn?.at).toBe(later.toISOString());
  });
});

describe("revoke", () => {
  it("revokes a planned one at once, and ends the plan", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    await revoke(context, { ...certificate, reason: "keyCompromise", actor });
    const row = await by.row(certificate);
    expect(row.state).toMatchObject({ status: "revoked", revocationReason: "keyCompromise" });
    expect(row.revokeOn).toBeUndefined();
    expect(await context.plans.listDue(later.toISOString())).not.toContainEqual(
      expect.objectContaining({ certificateId: certificate.certificateId }),
    );
    expect(await refusal(plan(certificate))).toMatchObject({ kind: "notLive" });
  });

  it("keeps the plan when the certificate is downloaded meanwhile", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const state = { status: "downloaded", issuedAt: now, downloadedAt: now } as const;
    await context.commit([context.certificates.move(certificate, ["issued"], state)]);
    expect(await by.row(certificate)).toMatchObject({ state, revokeOn: { at: at.toISOString() } });
  });
});
