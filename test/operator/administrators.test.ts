import { describe, expect, it, onTestFinished } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { admitHolder } from "../../lambdas/issuance/administrators.ts";
import { fail } from "../../lambdas/issuance/fail.ts";
import { issueAll, type IssueContext } from "../../lambdas/issuance/issue.ts";
import { sweep } from "../../lambdas/issuance/sweep.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { administratorVerbs } from "../../lambdas/operator/administrators.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { world, type World } from "../world.ts";

const actor = { kind: "operator", name: "arn:aws:iam::000000000000:user/tester", requestId: "r" } as const;

/** A tenant with an administrator whose certificate is being issued. */
async function invitedOne() {
  const made = await world("2026-04-01T00:00:00Z");
  onTestFinished(() => made[Symbol.asyncDispose]());
  const { context, sent } = made;
  const { tenantId } = await made.place();
  const verbs = administratorVerbs({
    ...context,
    sendAdvance: async () => undefined,
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
    await context.commit([context.materials.destroyKey(issued.tenantId, issued.certificateId, now)]);
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

const { issuing } = await authorities("rsa2048");
/** The issuer over this world; `change` breaks it at a step. */
const issuerOf = ({ context, client }: World, change: Partial<IssueContext> = {}): IssueContext => ({
  ...context,
  repositoryUrl: "http://crl.example.jp/",
  policy: undefined,
  access: access(client, "AccessTable"),
  generateKey,
  seal: async (_, plaintext) => plaintext,
  authority: async (name) => ({ name, certificate: issuing.certificate }),
  issuer: "administrators",
  signer: rsaSigner(issuing.keys.pkcs8),
  endOrder: admitHolder(context),
  ...change,
});
const killed = () => Promise.reject(new Error("killed"));

/** Where the issuer was stopped, and whether a certificate of that serial may exist. */
const stops: readonly (readonly [name: string, change: Partial<IssueContext>, signed: boolean])[] = [
  ["before a key was made", { generateKey: killed }, false],
  ["before the material was stored", { seal: killed }, false],
  ["before the signature", { signer: { ...rsaSigner(issuing.keys.pkcs8), sign: killed } }, true],
  ["after the signature", { commit: killed }, true],
];

describe("administrator revoke while a certificate is being issued", () => {
  it.each(stops)("shuts out, and ends for good what was stopped %s", async (_name, change, signed) => {
    const { made, context, sent, verbs, administratorId, administrator, current, invited } = await invitedOne();
    const [stopped] = await issueAll(issuerOf(made, change), [invited]);
    expect(stopped?.status).toBe("rejected");
    const answer = await verbs["administrator revoke"]({ administrator: administratorId }, actor);
    expect(answer).toEqual({ administratorId, revoked: [], ended: [invited.certificateId], stopped: [] });
    expect(await administrator()).toMatchObject({ status: "revoked" });
    expect(await current()).toMatchObject({ state: { status: "failed", error: "holderRevoked" } });
    const material = await context.materials.find(invited.tenantId, invited.certificateId);
    expect([material?.sealedKey, material?.sealedPassword]).toEqual([undefined, undefined]);
    const entry = { serialNumber: invited.serialNumber, reason: "unspecified" };
    expect(await context.ledger.read("administrators")).toMatchObject(signed ? [entry] : []);
    expect(sent.publications).toEqual(signed ? ["administrators"] : []);
    // A message that comes late finds nothing to do, and nothing is left for the sweep.
    expect(await issueAll(issuerOf(made), [invited])).toEqual([{ status: "fulfilled", value: "nothing to do" }]);
    expect(await context.certificates.findDer(invited.tenantId, invited.certificateId)).toBeUndefined();
    expect(await context.pending.list("9999")).toEqual([]);
    await expect(verbs["administrator revoke"]({ administrator: administratorId }, actor)).rejects.toMatchObject({
      kind: "notLive",
    });
  });

  it("does after a break what the broken run has left", async () => {
    const { made, context, sent, administratorId, administrator, current, invited } = await invitedOne();
    const [stopped] = await issueAll(issuerOf(made, { commit: killed }), [invited]);
    expect(stopped?.status).toBe("rejected");
    let commits = 0;
    const broken = {
      ...context,
      commit: (writes: Parameters<typeof context.commit>[0]) => (++commits > 1 ? killed() : context.commit(writes)),
    };
    const more = {
      brand: "Warifu",
      sendAdvance: async () => undefined,
      administratorsAuthorityEnd: async () => new Date("2036-04-01T00:00:00Z"),
    };
    const named = { administrator: administratorId };
    await expect(administratorVerbs({ ...broken, ...more })["administrator revoke"](named, actor)).rejects.toThrow(
      "killed",
    );
    expect([await administrator(), await current()]).toMatchObject([
      { status: "revoked" },
      { state: { status: "issuing" } },
    ]);
    const again = await administratorVerbs({ ...context, ...more })["administrator revoke"](named, actor);
    expect(again).toMatchObject({ ended: [invited.certificateId] });
    expect(sent.publications).toEqual(["administrators"]);
  });

  it("tells the others once, also when the run broke before it had", async () => {
    const { made, context, sent, administratorId, administrator } = await invitedOne();
    const named = { administrator: administratorId };
    const more = {
      brand: "Warifu",
      sendAdvance: async () => undefined,
      administratorsAuthorityEnd: async () => new Date("2036-04-01T00:00:00Z"),
    };
    const broken = {
      ...context,
      ...more,
      sendNotices: killed,
      random: () => {
        throw new Error("killed");
      },
    };
    await expect(administratorVerbs(broken)["administrator revoke"](named, actor)).rejects.toThrow("killed");
    expect(sent.notices).toEqual([]);
    const verbs = administratorVerbs({ ...context, ...more });
    await Promise.allSettled([
      verbs["administrator revoke"](named, actor),
      verbs["administrator revoke"](named, actor),
    ]);
    const one = await administrator();
    if (one === undefined) throw new Error("no administrator");
    const told = await made.notices({ tenantId: one.tenantId, serviceId: "", organizationId: "" });
    expect(told.map(({ kinds, to }) => [kinds, to])).toEqual([[["administrator-revoked"], "saburo@example.jp"]]);
    await expect(verbs["administrator revoke"](named, actor)).rejects.toMatchObject({ kind: "notLive" });
  });

  it.each(["the issuer", "the sweep"])("leaves the end to %s when the operator's run breaks", async (who) => {
    const { made, context, current, administrator, invited } = await invitedOne();
    await issueAll(issuerOf(made, { commit: killed }), [invited]);
    const revoked = await administrator();
    if (revoked === undefined) throw new Error("no administrator");
    await context.commit([...context.administrators.markRevoked(revoked)]);
    if (who === "the issuer") await issueAll(issuerOf(made), [invited]);
    else {
      const at = new Date(made.clock.now.getTime() + 2 * 60_000);
      expect(await sweep({ ...context, issuancesWaiting: async () => 0 }, at)).toMatchObject({
        requeued: 0,
        failed: 1,
      });
    }
    expect(await current()).toMatchObject({ state: { status: "failed", error: "holderRevoked" } });
    expect((await context.materials.find(invited.tenantId, invited.certificateId))?.sealedKey).toBeUndefined();
  });

  it("never admits a certificate whose issuance ends simultaneously", async () => {
    for (let round = 0; round < 5; round++) {
      const { made, context, verbs, administratorId, current, invited } = await invitedOne();
      const named = { administrator: administratorId };
      await Promise.allSettled([issueAll(issuerOf(made), [invited]), verbs["administrator revoke"](named, actor)]);
      // What the race has left is the next run's.
      await verbs["administrator revoke"](named, actor).catch(() => undefined);
      const now = await current();
      expect(["failed", "revoked"]).toContain(now?.state.status);
      const ledger = await context.ledger.read("administrators");
      if (now?.state.status === "revoked") expect(ledger).toMatchObject([{ serialNumber: invited.serialNumber }]);
    }
  });
});
