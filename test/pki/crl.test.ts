import { fromBER } from "asn1js";
import * as fc from "fast-check";
import { Certificate, CertificateRevocationList } from "pkijs";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { REASON_CODES, type CrlEntry, type RevocationReason } from "../../lambdas/pki/crl-entry.ts";
import { packed, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl, type CrlOrder } from "../../lambdas/pki/crl.ts";
import { SignatureError } from "../../lambdas/pki/issuance.ts";
import { serialValue } from "../../lambdas/pki/serial.ts";
import { CLOCK_TOLERANCE } from "../../lambdas/pki/signing-time.ts";
import { authorities, rsaSigner } from "./authorities.ts";
import { crlEntry } from "./crl-entries.ts";

const { root, issuing } = await authorities("rsa2048");
const signer = rsaSigner(issuing.keys.pkcs8);
type Change = Partial<Omit<CrlOrder, "entries">> & { readonly entries?: readonly CrlEntry[] };
const order = ({ entries = [], ...change }: Change = {}): CrlOrder => ({
  issuerCertificate: issuing.certificate,
  number: 7,
  signedAt: new Date("2026-05-01T00:00:00Z"),
  lifetime: 24 * 3_600_000,
  entries: packed(entries),
  ...change,
});
const crl = (change: Change = {}): Promise<Uint8Array> => signCrl(crlTbs(order(change)), signer, issuing.certificate);
const otherReader = (der: Uint8Array): CertificateRevocationList =>
  new CertificateRevocationList({ schema: fromBER(Uint8Array.from(der).buffer).result });
const sample = (serialNumber: string, reason?: RevocationReason): CrlEntry => ({
  serialNumber,
  revokedAt: new Date("2026-04-30T12:34:56Z"),
  reason,
});

describe("crlTbs", () => {
  it("writes version 2 with number and authority key identifier, and no issuing distribution point", async () => {
    const read = otherReader(await crl());
    expect(read.version).toBe(1);
    expect(read.crlExtensions?.extensions.map(({ extnID, critical }) => [extnID, critical])).toEqual([
      ["2.5.29.35", false],
      ["2.5.29.20", false],
    ]);
    expect(readCrl(await crl()).authorityKeyId).toBe(readCertificate(issuing.certificate).keyId);
  });

  it("is valid from five minutes before it is signed, for its lifetime from there, and revoked when it was done", async () => {
    const signedAt = new Date("2026-05-01T12:00:00.900Z");
    const read = otherReader(await crl({ signedAt, lifetime: 6 * 3_600_000, entries: [sample("11")] }));
    expect(read.thisUpdate.value).toEqual(new Date("2026-05-01T11:55:00Z"));
    expect(read.nextUpdate?.value).toEqual(new Date("2026-05-01T17:55:00Z"));
    expect(read.revokedCertificates?.[0]?.revocationDate.value).toEqual(sample("11").revokedAt);
  });

  it("leaves the list out when nothing is revoked", async () => {
    expect(otherReader(await crl()).revokedCertificates).toBeUndefined();
  });

  it("leaves the entry's extensions out when there is no reason", async () => {
    const [entry] = otherReader(await crl({ entries: [sample("11".repeat(16))] })).revokedCertificates ?? [];
    expect(entry?.crlEntryExtensions).toBeUndefined();
  });

  it.each(Object.entries(REASON_CODES))("writes the reason %s as the code %i, not critical", async (reason, code) => {
    const [entry] =
      otherReader(await crl({ entries: [sample("11".repeat(16), reason as RevocationReason)] })).revokedCertificates ??
      [];
    const [extension] = entry?.crlEntryExtensions?.extensions ?? [];
    expect(extension?.extnID).toBe("2.5.29.21");
    expect(extension?.critical).toBe(false);
    expect(Buffer.from(extension?.extnValue.valueBlock.valueHexView ?? []).toString("hex")).toBe(`0a010${code}`);
  });

  it("orders the entries by serial number as a number", async () => {
    const entries = ["0100", "80", "7e", "7f"].map((serial) => sample(serial));
    expect([...unpacked(readCrl(await crl({ entries })).entries)].map((entry) => entry.serialNumber)).toEqual([
      "7e",
      "7f",
      "80",
      "0100",
    ]);
  });

  it("reads back in another library as what went in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(crlEntry, { maxLength: 20, selector: (entry) => entry.serialNumber }),
        async (entries) => {
          const read = otherReader(await crl({ entries })).revokedCertificates ?? [];
          const written = entries.toSorted((a, b) =>
            serialValue(a.serialNumber) < serialValue(b.serialNumber) ? -1 : 1,
          );
          expect(read.map(({ userCertificate }) => userCertificate.toBigInt())).toEqual(
            written.map((entry) => serialValue(entry.serialNumber)),
          );
          expect(read.map(({ revocationDate }) => revocationDate.value)).toEqual(
            written.map((entry) => entry.revokedAt),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ["a serial number twice", { entries: [sample("11"), sample("22"), sample("11")] }, "duplicate"],
    ["a serial number with leading zeros", { entries: [sample("0011")] }, "serial"],
    ["a serial number in capitals", { entries: [sample("AA")] }, "serial"],
    ["half an octet", { entries: [sample("123")] }, "serial"],
    ["a lifetime that ends before it is signed", { lifetime: CLOCK_TOLERANCE }, "next-update"],
  ])("refuses %s", (_, change, rule) => {
    expect(() => crlTbs(order(change))).toThrow(`${rule}: `);
  });
});

describe("signCrl", () => {
  it("gives a list that verifies with another library", async () => {
    const issuerCertificate = new Certificate({ schema: fromBER(Uint8Array.from(issuing.certificate).buffer).result });
    expect(await otherReader(await crl({ entries: [sample("11")] })).verify({ issuerCertificate })).toBe(true);
  });

  it("refuses the signature of another key", async () => {
    await expect(signCrl(crlTbs(order()), rsaSigner(root.keys.pkcs8), issuing.certificate)).rejects.toThrow(
      SignatureError,
    );
  });

  it("refuses the list of another issuer, and what is no list, before the signer is asked", async () => {
    let asked = false;
    const watching = { ...signer, sign: (digest: Uint8Array) => ((asked = true), signer.sign(digest)) };
    await expect(
      signCrl(crlTbs(order({ issuerCertificate: root.certificate })), watching, issuing.certificate),
    ).rejects.toThrow("issuer: ");
    await expect(signCrl(readCertificate(issuing.certificate).tbs, watching, issuing.certificate)).rejects.toThrow();
    expect(asked).toBe(false);
  });
});

describe("readCrl", () => {
  it("reads exactly what was written", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(crlEntry, { maxLength: 20, selector: (entry) => entry.serialNumber }),
        fc.bigInt({ min: 0n, max: 1n << 80n }),
        async (entries, number) => {
          const read = readCrl(await crl({ entries, number }));
          expect(read).toMatchObject({
            number,
            thisUpdate: new Date("2026-04-30T23:55:00Z"),
            nextUpdate: new Date("2026-05-01T23:55:00Z"),
            issuer: "CN=Test Subscribers CA, O=Test, C=JP",
          });
          const written = entries.toSorted((a, b) =>
            serialValue(a.serialNumber) < serialValue(b.serialNumber) ? -1 : 1,
          );
          expect([...unpacked(read.entries)]).toEqual(
            written.map(({ serialNumber, revokedAt, reason }) => ({ serialNumber, revokedAt, reason })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    ["a reason 0", "0a0104", "0a0100"],
    ["a reason that is not used here", "0a0104", "0a0106"],
    ["serial numbers out of order", "020133", "020111"],
  ])("refuses %s", async (_, from, to) => {
    const der = await crl({ entries: [sample("22"), sample("33", "superseded")] });
    const spoilt = Buffer.from(Buffer.from(der).toString("hex").replace(from, to), "hex");
    expect(() => readCrl(spoilt)).toThrow();
    expect(() => readCrl(der)).not.toThrow();
  });
});
