import { afterAll, describe, expect, it } from "vitest";
import { certificateView } from "../../lambdas/certificates/view.ts";
import { cancelRevocation, scheduleRevocation } from "../../lambdas/revocation/plan.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { cancelAndNotify } from "../../lambdas/admin/certificates.ts";
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
  it("leaves the certificate as it is, shows the day and the reason, and tells every administrator the day", async () => {
    const certificate = await by.certificate(here);
    const used = await by.licencesUsed(here);
    const planned = await plan(certificate);
    const row = await by.row(certificate);
    expect(row.state).toEqual(certificate.state);
    expect(row.revokeOn).toMatchObject({ at: at.toISOString(), reason: "cessationOfOperation", actor });
    expect(certificateView(row)).toMatchObject({
      status: "issued",
      revokeOn: at.toISOString(),
      revocationReason: "cessationOfOperation",
    });
    expect(await by.licencesUsed(here)).toBe(used);
    expect(await context.certificates.readLedger("subscribers")).toEqual([]);
    expect(planned.notices).toMatchObject([
      { kinds: ["revocation-planned"], to: "saburo@example.jp", actor: "令和 三郎", planned: { at: at.toISOString() } },
    ]);
    const notice = await context.notices.findNotice(here.tenantId, planned.notices[0]?.noticeId ?? "");
    expect(notice).toEqual(planned.notices[0]);
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
    const due = await context.certificates.listDue(at.toISOString());
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

  it("refuses the later of two who plan at once, and writes nothing of theirs", async () => {
    const certificate = await by.certificate(here);
    const known = await by.row(certificate);
    await plan(certificate);
    // The other one had read the row before.
    const commit = context.commit([
      context.certificates.planRevocation(known, {
        at: later.toISOString(),
        reason: "superseded",
        actor,
        plannedAt: now,
      }),
    ]);
    expect(await refusal(commit)).toMatchObject({ kind: "changedMeanwhile" });
    expect((await by.row(certificate)).revokeOn?.at).toBe(at.toISOString());
  });

  it("writes no notice for a job that tells of many, and what the job adds stands or falls with the plan", async () => {
    const certificate = await by.certificate(here);
    const order = { ...certificate, at, reason: "unspecified", actor, silent: true } as const;
    const marker = { ...certificate, certificateId: `${certificate.certificateId}x` };
    const { notices } = await scheduleRevocation(context, order, () => [
      context.certificates.retireMaterial(marker.tenantId, marker.certificateId),
    ]);
    expect(notices).toEqual([]);
    // The same marker again is refused, and with it the change.
    const again = scheduleRevocation(context, { ...order, at: later }, () => [
      context.certificates.retireMaterial(marker.tenantId, marker.certificateId),
    ]);
    expect(await refusal(again)).toMatchObject({ kind: "changedMeanwhile" });
    expect((await by.row(certificate)).revokeOn?.at).toBe(at.toISOString());
  });
});

describe("cancelRevocation", () => {
  it("takes the plan away, is told and audited, and nothing is due any more", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const { notices } = await cancelRevocation(context, { ...certificate, actor });
    const row = await by.row(certificate);
    expect(row.revokeOn).toBeUndefined();
    expect(certificateView(row)).not.toHaveProperty("revokeOn");
    expect(certificateView(row)).not.toHaveProperty("revocationReason");
    expect(notices).toMatchObject([{ kinds: ["revocation-cancelled"], planned: { at: at.toISOString() } }]);
    const due = await context.certificates.listDue(later.toISOString());
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
    const foreign = cancelAndNotify(context, { ...certificate, tenantId, actor }, () => []);
    expect(await refusal(foreign)).toMatchObject({ kind: "notFound" });
    expect((await by.row(certificate)).revokeOn).toBeDefined();
  });

  it("loses against a change that was made meanwhile", async () => {
    const certificate = await by.certificate(here);
    await plan(certificate);
    const { revokeOn, ...known } = await by.row(certificate);
    await plan(certificate, later);
    if (revokeOn === undefined) throw new Error("no plan");
    const write = context.certificates.cancelRevocation({ ...known, revokeOn });
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
    expect(await context.certificates.listDue(later.toISOString())).not.toContainEqual(
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
