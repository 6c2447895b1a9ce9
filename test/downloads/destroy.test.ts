import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import { destroyKeys, type DestroyContext } from "../../lambdas/downloads/destroy.ts";
import { firstDownload } from "../../lambdas/downloads/first-download.ts";
import { fail } from "../../lambdas/issuance/fail.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { actor, world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const day = 86_400_000;
const by = await world(start);
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

const removed: string[] = [];
const context: DestroyContext = {
  ...by.context,
  access: access(by.client, "AccessTable"),
  removePrepared: async ({ certificateId }) => void removed.push(certificateId),
};
const after = (days: number) => new Date(Date.parse(start) + days * day);
const destroyAt = (at: Date, change: Partial<DestroyContext> = {}) => {
  by.clock.now = at;
  return destroyKeys({ ...context, ...change }, at, new Date(at.getTime() + day));
};

/** A certificate with sealed material; downloaded where that is said. */
async function sealed(status: "issuing" | "issued" | "downloaded" = "issued"): Promise<Certificate> {
  by.clock.now = new Date(start);
  const certificate = await by.certificate(here, { status: "issuing" });
  const octets = Buffer.from(certificate.certificateId);
  const material = { sealedKey: octets, sealedPassword: octets, loginHash: certificate.certificateId, tbs: octets };
  expect(await by.context.materials.keep(certificate.tenantId, certificate.certificateId, material)).toBe(true);
  if (status === "issuing") return certificate;
  const issued = { status: "issued", issuedAt: start } as const;
  await by.context.commit([by.context.certificates.move(certificate, ["issuing"], issued)]);
  if (status === "downloaded") {
    const kept = { ...by.context, keyRetentionDays: 14 };
    await by.context.commit(firstDownload(kept, await by.row(certificate), start, by.clock.now));
  }
  return by.row(certificate);
}
const keyOf = async ({ tenantId, certificateId }: Certificate) => {
  const { sealedKey, sealedPassword } = (await by.context.materials.find(tenantId, certificateId)) ?? {};
  return [sealedKey !== undefined, sealedPassword !== undefined];
};
const kept = [true, true];
const gone = [false, false];
const due = (certificate: Certificate, at: Date) =>
  by.context.keyEnds
    .listDue(at.toISOString())
    .then((found) => found.some(({ certificateId }) => certificateId === certificate.certificateId));

describe("a private key ends", () => {
  it("with its certificate, though nobody ever fetches it", async () => {
    const certificate = await sealed();
    await destroyAt(new Date(Date.parse(certificate.notAfter) - 1));
    expect(await keyOf(certificate)).toEqual(kept);
    await destroyAt(new Date(certificate.notAfter));
    expect(await keyOf(certificate)).toEqual(gone);
  });

  it("so many days after the first download, and no later than its certificate", async () => {
    const certificate = await sealed("downloaded");
    await destroyAt(new Date(after(14).getTime() - 1));
    expect(await keyOf(certificate)).toEqual(kept);
    await destroyAt(after(14));
    expect(await keyOf(certificate)).toEqual(gone);

    const late = await sealed();
    const now = new Date(Date.parse(late.notAfter) - day);
    await by.context.commit(firstDownload({ ...by.context, keyRetentionDays: 14 }, late, start, now));
    expect((await by.row(late)).keyEndsAt).toBe(late.notAfter);
  });

  it.each(["issued", "downloaded"] as const)("with a revocation, at once, where it was %s", async (status) => {
    const certificate = await sealed(status);
    by.clock.now = after(1);
    await revoke(by.context, { ...certificate, reason: "keyCompromise", actor });
    await destroyAt(after(1));
    expect(await keyOf(certificate)).toEqual(gone);
    expect(await due(certificate, after(400))).toBe(false);
    expect(removed).toContain(certificate.certificateId);
  });

  it("with a failed issuance, in its transaction", async () => {
    const certificate = await sealed("issuing");
    await fail(by.context, certificate, { error: "unfinished" }, actor);
    expect(await keyOf(certificate)).toEqual(gone);
    expect(await due(certificate, after(400))).toBe(false);
  });

  it("once, however often it is asked for", async () => {
    const certificate = await sealed("downloaded");
    const [one, other] = await Promise.all([destroyAt(after(15)), destroyAt(after(15))]);
    expect(one.destroyed + other.destroyed).toBe(1);
    expect(await destroyAt(after(16))).toEqual({ destroyed: 0, left: 0 });
    expect(await keyOf(certificate)).toEqual(gone);
  });

  it("together with what was prepared of it: a run that is stopped between is taken up", async () => {
    const certificate = await sealed("downloaded");
    const stopped = await destroyAt(after(15), { removePrepared: () => Promise.reject(new Error("no answer")) });
    expect(stopped.left).toBe(1);
    expect(await keyOf(certificate)).toEqual(gone);
    expect(removed).not.toContain(certificate.certificateId);
    expect(await due(certificate, after(15))).toBe(true);
    await destroyAt(after(15));
    expect(removed).toContain(certificate.certificateId);
    expect(await due(certificate, after(15))).toBe(false);
  });
});
