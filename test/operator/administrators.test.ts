import { describe, expect, it, onTestFinished } from "vitest";
import { fail } from "../../lambdas/issuance/fail.ts";
import { administratorVerbs } from "../../lambdas/operator/administrators.ts";
import { world } from "../world.ts";

const actor = { kind: "operator", name: "tester" } as const;

/** A tenant with an administrator whose certificate is being issued. */
async function invitedOne() {
  const made = await world("2026-04-01T00:00:00Z");
  onTestFinished(() => made[Symbol.asyncDispose]());
  const { context, sent } = made;
  const { tenantId } = await made.place();
  const verbs = administratorVerbs({
    ...context,
    brand: "Warifu",
    administratorsAuthorityEnd: async () => new Date("2036-04-01T00:00:00Z"),
  });
  const order = {
    tenant: tenantId,
    name: "令和 四郎",
    "english-name": "Reiwa Shiro",
    email: "shiro@example.jp",
    language: "ja",
  } as const;
  const { administratorId } = await verbs["administrator create"](order, actor);
  const administrator = async () => context.administrators.findAdministrator(tenantId, administratorId);
  const current = async () => context.certificates.find(tenantId, (await administrator())?.certificateId ?? "");
  const invited = await current();
  if (invited === undefined) throw new Error("nothing was ordered");
  return { made, context, sent, verbs, administratorId, administrator, current, invited };
}

/** The same after the issuance has ended as the issuer ends a hopeless one. */
async function failedOne() {
  const { invited: failed, ...one } = await invitedOne();
  await fail(one.context, failed, { error: "unfinished" }, { kind: "system", name: "sweep" });
  return { ...one, failed };
}

/** The same after it was issued. */
async function issuedOne() {
  const { invited: issued, ...one } = await invitedOne();
  const { materials, certificates } = one.context;
  const state = { status: "issued", issuedAt: issued.notBefore } as const;
  const secret = { sealedKey: Buffer.from("key"), sealedPassword: Buffer.from("password") };
  const material = { ...secret, tbs: Buffer.from("tbs"), loginHash: "hash" };
  await materials.keep(issued.tenantId, issued.certificateId, material);
  await one.context.commit([certificates.move(issued, ["issuing"], state)]);
  return { ...one, issued };
}

describe("administrator resend", () => {
  it("sends the mails as resent ones, however often, and keeps that earlier links end", async () => {
    const { made, context, verbs, administratorId, current, issued } = await issuedOne();
    await verbs["administrator resend"]({ administrator: administratorId }, actor);
    made.clock.now = new Date(made.clock.now.getTime() + 1000);
    await verbs["administrator resend"]({ administrator: administratorId }, actor);
    const notices = await context.notices.listOf(issued);
    expect(notices.map(({ kinds, holder }) => [kinds[0], holder?.resent])).toEqual([
      ["administrator-download", true],
      ["administrator-download", true],
    ]);
    expect((await current())?.mailsResent?.at).toBe(made.clock.now.toISOString());
  });

  it("is refused when the private key was destroyed, and names the command that orders another certificate", async () => {
    const { context, verbs, administratorId, issued } = await issuedOne();
    const now = context.now();
    await context.commit([context.materials.destroyKeyFrom(issued, now)]);
    await context.commit([context.materials.destroyKey(issued.tenantId, issued.certificateId, now, now)]);
    await expect(verbs["administrator resend"]({ administrator: administratorId }, actor)).rejects.toMatchObject({
      kind: "notLive",
      facts: { detail: expect.stringMatching(/key .* was destroyed.*administrator reissue/) as string },
    });
    expect(await context.notices.listOf(issued)).toEqual([]);
  });
});

describe("an administrator whose certificate could not be issued", () => {
  it("is told by resend what to do, and gets another certificate by reissue", async () => {
    const { sent, verbs, administratorId, current, failed } = await failedOne();
    const named = { administrator: administratorId };
    await expect(verbs["administrator resend"](named, actor)).rejects.toMatchObject({ kind: "notLive" });
    const reissued = await verbs["administrator reissue"](named, actor);
    const fresh = await current();
    expect(fresh).toMatchObject({
      certificateId: reissued.certificateId,
      certificateEmail: failed.certificateEmail,
      subject: failed.subject,
      state: { status: "issuing" },
    });
    expect([fresh?.certificateId, fresh?.serialNumber]).not.toContain(failed.certificateId);
    expect(fresh?.serialNumber).not.toBe(failed.serialNumber);
    expect(sent.issuances.at(-1)).toBe(reissued.certificateId);
    await expect(verbs["administrator reissue"](named, actor)).rejects.toMatchObject({ kind: "stillIssuing" });
  });

  it("is revoked without a trace on the CRL, once", async () => {
    const { context, sent, verbs, administratorId, administrator } = await failedOne();
    const named = { administrator: administratorId };
    await verbs["administrator revoke"](named, actor);
    expect(await administrator()).toMatchObject({ status: "revoked" });
    expect([await context.ledger.read("administrators"), sent.publications]).toEqual([[], []]);
    await expect(verbs["administrator revoke"](named, actor)).rejects.toMatchObject({ kind: "notLive" });
    await expect(verbs["administrator reissue"](named, actor)).rejects.toMatchObject({ kind: "notLive" });
  });

  it("gets one certificate of two reissues at once", async () => {
    const { sent, verbs, administratorId } = await failedOne();
    const before = sent.issuances.length;
    const both = await Promise.allSettled(
      [1, 2].map(() => verbs["administrator reissue"]({ administrator: administratorId }, actor)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(sent.issuances).toHaveLength(before + 1);
  });
});
