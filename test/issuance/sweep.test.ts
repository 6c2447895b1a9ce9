import { createHash } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { access } from "../../lambdas/aws/access.ts";
import { noticeKey } from "../../lambdas/aws/keys.ts";
import type { Certificate } from "../../lambdas/certificates/certificate.ts";
import { certificateView } from "../../lambdas/certificates/view.ts";
import { orderDigest } from "../../lambdas/certificates/order.ts";
import { failures } from "../../lambdas/contract/failures.ts";
import { issuedNotice } from "../../lambdas/notices/issued.ts";
import { issueAll, type IssueContext } from "../../lambdas/issuance/issue.ts";
import { sweep } from "../../lambdas/issuance/sweep.ts";
import { errorText } from "../../lambdas/imports/files/import-error.ts";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { authorities, rsaSigner } from "../pki/authorities.ts";
import { world } from "../world.ts";

const start = "2026-11-22T03:00:00.000Z";
const minute = 60_000;
const { issuing } = await authorities("rsa2048");
const by = await world(start);
const here = await by.place();
afterAll(() => by[Symbol.asyncDispose]());

/** What was signed, by serial: the digests of its TBS. */
const signed = new Map<string, Set<string>>();
const signerFor = (serialNumber: string): IssueContext["signer"] => {
  const signer = rsaSigner(issuing.keys.pkcs8);
  return {
    ...signer,
    sign: (digest) => {
      signed.set(serialNumber, (signed.get(serialNumber) ?? new Set()).add(Buffer.from(digest).toString("hex")));
      return signer.sign(digest);
    },
  };
};

const issuer = (certificate: Certificate, change: Partial<IssueContext> = {}): IssueContext => ({
  ...by.context,
  repositoryUrl: "http://crl.example.jp/",
  policy: undefined,
  access: access(by.client, "AccessTable"),
  generateKey,
  seal: async ({ part }, plaintext) => createHash("sha256").update(part).update(plaintext).digest(),
  authority: async (name) => ({ name, certificate: issuing.certificate }),
  issuer: "subscribers",
  signer: signerFor(certificate.serialNumber),
  ...change,
});
/** One certificate as a batch of its own; throws what the issuer would leave on the queue for. */
const issue = async (certificate: Certificate, change?: Partial<IssueContext>) => {
  const [result] = await issueAll(issuer(certificate, change), [certificate]);
  if (result?.status !== "fulfilled") throw result?.reason;
  return result.value;
};

const ordered = () => by.certificate(here, { status: "issuing" });
const killed = () => Promise.reject(new Error("killed"));
const status = async (certificate: Certificate) => (await by.row(certificate)).state.status;
const at = (certificate: Certificate, minutes: number) =>
  (by.clock.now = new Date(Date.parse(certificate.requestedAt) + minutes * minute));

/** A sweep now; what it sends goes to the issuer, unless `deliver` is false. Returns how many it sent of this certificate. */
async function sweepNow(
  certificate: Certificate,
  { waiting = 0, change, deliver = true }: { waiting?: number; change?: Partial<IssueContext>; deliver?: boolean } = {},
): Promise<number> {
  by.sent.issuances.length = 0;
  await sweep({ ...by.context, issuancesWaiting: async () => waiting }, by.context.now());
  const own = by.sent.issuances.filter((id) => id === certificate.certificateId);
  if (deliver) for (const _ of own) await issue(certificate, change).catch(() => undefined);
  return own.length;
}

/** What must hold of a certificate that has come to its end, however it came there. */
async function inOrder(certificate: Certificate): Promise<void> {
  const { tenantId, certificateId, serialNumber } = certificate;
  const row = await by.row(certificate);
  const der = await by.context.certificates.findDer(tenantId, certificateId);
  const slot = await by.slot(certificate);
  expect(signed.get(serialNumber)?.size ?? 0).toBeLessThanOrEqual(1);
  if (row.state.status === "issued") {
    expect(readCertificate(der ?? new Uint8Array()).serialNumber).toBe(serialNumber);
    expect(slot).toMatchObject({ holdsLicence: true });
  } else {
    expect(row.state.status).toBe("failed");
    expect(signed.has(serialNumber)).toBe(false);
    expect(der).toBeUndefined();
    expect(slot).toMatchObject({ holdsLicence: false });
  }
}

describe("sweep", () => {
  it("leaves alone what was ordered less than a minute ago", async () => {
    const certificate = await ordered();
    at(certificate, 0.9);
    expect(await sweepNow(certificate)).toBe(0);
  });

  it("sends what was never queued, and it is issued", async () => {
    const certificate = await ordered();
    at(certificate, 5);
    expect(await sweepNow(certificate)).toBe(1);
    expect(await status(certificate)).toBe("issued");
    await inOrder(certificate);
  });

  it("finishes what has its material, with that very key, however often signing failed and however long it took", async () => {
    const certificate = await ordered();
    const broken = { ...rsaSigner(issuing.keys.pkcs8), sign: killed };
    await issue(certificate, { signer: broken }).catch(() => undefined);
    const material = await by.context.materials.find(certificate.tenantId, certificate.certificateId);
    for (const minutes of [5, 10, 15, 20]) {
      at(certificate, minutes);
      expect(await sweepNow(certificate, { change: { signer: broken } })).toBe(1);
      expect(await status(certificate)).toBe("issuing");
    }
    at(certificate, 25);
    await sweepNow(certificate);
    expect(await status(certificate)).toBe("issued");
    const digest = createHash("sha256")
      .update(material?.tbs ?? "")
      .digest("hex");
    expect([...(signed.get(certificate.serialNumber) ?? [])]).toEqual([digest]);
    await inOrder(certificate);
  });

  it("ends within 15 minutes what never gets as far as its material, frees the licence, and it can never be issued after", async () => {
    const certificate = await ordered();
    const used = await by.licencesUsed(here);
    for (let minutes = 3; minutes <= 15 && (await status(certificate)) === "issuing"; minutes += 5) {
      at(certificate, minutes);
      await sweepNow(certificate, { change: { seal: killed } });
    }
    expect(await status(certificate)).toBe("failed");
    expect(by.clock.now.getTime() - Date.parse(certificate.requestedAt)).toBeLessThanOrEqual(15 * minute);
    expect(await by.licencesUsed(here)).toBe((used ?? 0) - 1);
    expect(await issue(certificate)).toBe("nothing to do");
    expect(signed.has(certificate.serialNumber)).toBe(false);
    const row = await by.row(certificate);
    for (const language of ["ja", "en"] as const)
      expect(certificateView(row, language).error).toBe(failures.unfinished[language]);
    await inOrder(certificate);
  });

  it("does not end what only waits its turn behind thousands, and sends it again but rarely", async () => {
    const certificate = await ordered();
    at(certificate, 3);
    expect(await sweepNow(certificate, { waiting: 9_000, deliver: false })).toBe(0);
    for (const minutes of [8, 13, 18, 23, 28]) {
      at(certificate, minutes);
      expect(await sweepNow(certificate, { waiting: 4_000, deliver: false })).toBe(1);
      expect(await status(certificate)).toBe("issuing");
    }
    // The queue has run dry, and it may be among the last that are at work: it is not ended by this sweep either.
    at(certificate, 33);
    expect(await sweepNow(certificate)).toBe(1);
    expect(await status(certificate)).toBe("issued");
  });

  it("takes no more for a queue than the issuers have at once", async () => {
    const certificate = await ordered();
    at(certificate, 3);
    expect(await sweepNow(certificate, { waiting: 101, deliver: false })).toBe(0);
    expect(await sweepNow(certificate, { waiting: 100, deliver: false })).toBe(1);
  });

  it("leaves alone what it sent again while that message may be at work", async () => {
    const certificate = await ordered();
    for (const [minutes, times] of [
      [2, 1],
      [3, 0],
      [5, 0],
      [6, 1],
      [9, 0],
    ] as const) {
      at(certificate, minutes);
      expect([minutes, await sweepNow(certificate, { deliver: false })]).toEqual([minutes, times]);
    }
  });

  it("sends owed mails again together, each no oftener than its message can come back, until they are sent", async () => {
    const certificate = await ordered();
    at(certificate, 0);
    const owed = Array.from({ length: 3 }, () => issuedNotice(by.context, certificate, by.context.now()));
    await by.context.commit(owed.map((notice) => by.context.notices.addNotice(notice)));
    const sentAgain = async (minutes: number) => {
      at(certificate, minutes);
      by.sent.notices.length = 0;
      await sweepNow(certificate, { deliver: false });
      return by.sent.notices.filter((id) => owed.some(({ noticeId }) => noticeId === id)).length;
    };
    const [sent] = owed;
    if (sent === undefined) throw new Error("no notice");
    expect([await sentAgain(0.5), await sentAgain(2), await sentAgain(3), await sentAgain(5)]).toEqual([0, 3, 0, 0]);
    await by.context.notices.markSent(sent, by.context.now());
    expect([await sentAgain(7), await sentAgain(10), await sentAgain(12)]).toEqual([2, 0, 2]);
    const { tenantId, noticeId } = sent;
    const kept = await by.client.get("AccessTable", noticeKey(tenantId, noticeId));
    // Ninety days after the certificate's end, by DynamoDB's own clock of seconds.
    expect(kept?.["expires"]).toBe(Math.ceil(Date.parse(certificate.notAfter) / 1000) + 90 * 86_400);
  });

  it("and an issuer that comes late decide it between them: issued or failed, never both", async () => {
    const ends = { issued: 0, failed: 0 };
    for (let round = 0; round < 12; round++) {
      const certificate = await ordered();
      at(certificate, 6);
      await sweepNow(certificate, { deliver: false });
      at(certificate, 11);
      // The issuer is held back a little more each round, before it stores its material.
      const change: Partial<IssueContext> = {
        seal: async (context, plaintext) => {
          await new Promise((done) => setTimeout(done, round * 2));
          return issuer(certificate).seal(context, plaintext);
        },
      };
      await Promise.all([sweepNow(certificate, { deliver: false }), issue(certificate, change).catch(() => undefined)]);
      at(certificate, 15);
      if ((await status(certificate)) === "issuing") await sweepNow(certificate);
      const end = await status(certificate);
      if (end === "issued" || end === "failed") ends[end] += 1;
      await inOrder(certificate);
    }
    expect(ends.issued + ends.failed).toBe(12);
  });

  it("has no signature made by an issuer that was still at the key when it ended the issuance", async () => {
    const certificate = await ordered();
    at(certificate, 6);
    await sweepNow(certificate, { deliver: false });
    at(certificate, 11);
    let release = (): void => undefined;
    const held = new Promise<void>((done) => (release = done));
    const late = issue(certificate, {
      seal: async (context, plaintext) => {
        await held;
        return issuer(certificate).seal(context, plaintext);
      },
    });
    await sweepNow(certificate, { deliver: false });
    expect(await status(certificate)).toBe("failed");
    release();
    await expect(late).rejects.toThrow(/ended meanwhile/);
    await inOrder(certificate);
  });

  it.each(["before", "after"] as const)(
    "brings to its end what was killed %s any write or signature of its issuance",
    async (when) => {
      for (let step = 1; step <= 8; step++) {
        const certificate = await ordered();
        let left = step;
        /** The step's work, killed before it is done or after, when its answer does not arrive. */
        const counted =
          <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
          async (...args: A): Promise<R> => {
            left -= 1;
            if (left < 0 || (left === 0 && when === "before")) return killed();
            const result = await work(...args);
            return left === 0 ? killed() : result;
          };
        const plain = issuer(certificate);
        const change: Partial<IssueContext> = {
          commit: counted(plain.commit),
          seal: counted(plain.seal),
          sendNotices: counted(plain.sendNotices),
          materials: { ...plain.materials, keep: counted(plain.materials.keep) },
          signer: { ...plain.signer, sign: counted(plain.signer.sign) },
        };
        await issue(certificate, change).catch(() => undefined);
        for (const minutes of [4, 9, 14]) {
          at(certificate, minutes);
          await sweepNow(certificate);
        }
        expect([step, await status(certificate)]).toEqual([step, "issued"]);
        await inOrder(certificate);
        // Delivered again and again it stays as it is.
        expect(await issue(certificate)).toBe("nothing to do");
      }
    },
  );
});

describe("an issuance that the profile refuses", () => {
  it("ends as failed, told in the reader's language alone; the rule that it broke is the operator's", async () => {
    const certificate = await ordered();
    const subject = { ...certificate.subject, commonName: "x".repeat(65) };
    const odd = { ...certificate, subject };
    const change = {
      certificates: { ...by.context.certificates, find: async () => odd },
      orders: { findDigest: async () => orderDigest(odd) },
    };
    expect(await issue(certificate, change)).toBe("failed");
    const row = await by.row(certificate);
    expect(row.state).toMatchObject({ error: "profileRefused", detail: expect.stringMatching(/64/) as string });
    for (const language of ["ja", "en"] as const) {
      expect(certificateView(row, language).error).toBe(failures.profileRefused[language]);
      const error = { row: 1, column: 0, code: "issuanceFailed", facts: { reason: "profileRefused" } } as const;
      expect(errorText(error, language)).toContain(failures.profileRefused[language]);
    }
  });
});
