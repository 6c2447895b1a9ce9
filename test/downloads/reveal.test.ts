import { afterAll, describe, expect, it } from "vitest";
import { tokenHash } from "../../lambdas/access/login.ts";
import { access } from "../../lambdas/aws/access.ts";
import type { Certificate, State } from "../../lambdas/certificates/certificate.ts";
import type { Permit } from "../../lambdas/certificates/sealing.ts";
import { reveal } from "../../lambdas/downloads/reveal.ts";
import { resendNotices } from "../../lambdas/notices/resend.ts";
import { actor, refusal, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const by = await world(start);
afterAll(() => by[Symbol.asyncDispose]());

let opened = 0;
const context = {
  ...by.context,
  access: access(by.client, "AccessTable"),
  open: async (_: Permit, _bound: object, sealed: Uint8Array) => {
    opened += 1;
    return sealed;
  },
};
const revoked: State = { status: "revoked", issuedAt: start, revokedAt: start, revocationReason: "keyCompromise" };

/** A certificate of a place of its own, whose notice's token is its id. */
async function noticed(state?: State) {
  const place = await by.place();
  const certificate = await by.certificate(place, state);
  const { tenantId, certificateId } = certificate;
  await by.context.materials.keep(tenantId, certificateId, {
    sealedKey: Buffer.from("key"),
    sealedPassword: Buffer.from("correct-horse"),
    tbs: Buffer.from("tbs"),
    loginHash: certificateId,
  });
  const until = new Date(Date.parse(start) + 500 * 86_400_000).toISOString();
  await context.access.addLink(tokenHash(certificateId), {
    tenantId,
    certificateId,
    until,
    noticeId: `${certificateId}-notice`,
    noticeCreatedAt: start,
  });
  return { place, certificate };
}
const ask = ({ certificateId }: Certificate) => reveal(context, certificateId, "192.0.2.1");

describe("a notice's link", () => {
  it("reveals the password, audited", async () => {
    const { place, certificate } = await noticed();
    expect(await ask(certificate)).toMatchObject({ password: "correct-horse" });
    expect(await by.audited(place, by.clock.now)).toMatchObject([
      { action: "credential.reveal", facts: { notice: `${certificate.certificateId}-notice` } },
    ]);
  });

  it.each([
    ["was revoked", revoked, 0, "certificateRevoked"],
    ["has expired", undefined, 366, "certificateExpired"],
  ] as const)(
    "of a certificate that %s says so, and neither opens nor audits anything",
    async (_, state, days, kind) => {
      const { place, certificate } = await noticed(state);
      by.clock.now = new Date(Date.parse(start) + days * 86_400_000);
      const before = opened;
      expect(await refusal(ask(certificate))).toMatchObject({ kind });
      expect(opened).toBe(before);
      expect(await by.audited(place, by.clock.now)).toEqual([]);
      by.clock.now = new Date(start);
    },
  );

  it("of a certificate whose private key was destroyed says so", async () => {
    const { certificate } = await noticed();
    const { tenantId, certificateId } = certificate;
    await by.context.commit([by.context.materials.destroyKey(tenantId, certificateId, new Date(start))]);
    expect(await refusal(ask(certificate))).toMatchObject({ kind: "keyDestroyed" });
  });

  it("ends when the mails are sent again, and says so; the new mails' link reveals", async () => {
    const { certificate } = await noticed();
    const { tenantId, certificateId } = certificate;
    by.clock.now = new Date(Date.parse(start) + 1);
    const of = { kind: "subscriber" } as const;
    const [again] = await resendNotices(context, { tenantId, actId: "a", of, certificateIds: [certificateId], actor });
    expect(again?.outcome).toBe("done");
    expect(await refusal(ask(certificate))).toMatchObject({ kind: "noticeReplaced" });
    const link = {
      tenantId,
      certificateId,
      until: certificate.notAfter,
      noticeId: "again",
      noticeCreatedAt: context.now().toISOString(),
    };
    await context.access.addLink(tokenHash(`${certificateId}-again`), link);
    expect(await reveal(context, `${certificateId}-again`, "192.0.2.1")).toMatchObject({ password: "correct-horse" });
    by.clock.now = new Date(start);
  });

  it("that nobody was sent opens nothing", async () => {
    expect(await refusal(reveal(context, "x".repeat(24), "192.0.2.1"))).toMatchObject({ kind: "noticeUnknown" });
  });
});
