import { X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { DerError } from "../../lambdas/pki/der-reader.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { authorities, leaf } from "./authorities.ts";

const { root, issuing } = await authorities();
const keys = await generateKey("p256");
const der = await leaf(issuing, keys.spki, { serialNumber: "0123456789abcdef0123456789abcdef" });

describe("readCertificate", () => {
  it("reads what node's own reader reads", () => {
    const read = readCertificate(der);
    const other = new X509Certificate(der);
    expect(read.serialNumber).toBe(other.serialNumber.toLowerCase());
    expect(read.notBefore).toEqual(new Date(other.validFrom));
    expect(read.notAfter).toEqual(new Date(other.validTo));
    expect(read.sha256).toBe(other.fingerprint256.replaceAll(":", "").toLowerCase());
    expect(read.sha1).toBe(other.fingerprint.replaceAll(":", "").toLowerCase());
    expect(other.publicKey.export({ type: "spki", format: "der" }).equals(read.spki)).toBe(true);
  });

  it("gives the names as text and as DER", () => {
    const read = readCertificate(der);
    expect(read.subject).toBe(
      "E=taro.yamada@example.jp, CN=Yamada Taro, OU=Warifu, OU=営業部, O=Example Corporation, C=JP",
    );
    expect(read.issuer).toBe("CN=Test Subscribers CA, O=Test, C=JP");
    expect(Buffer.compare(read.issuerName, readCertificate(issuing.certificate).subjectName)).toBe(0);
  });

  it("keeps a leading zero of the serial number", () => {
    expect(readCertificate(der).serialNumber).toBe("0123456789abcdef0123456789abcdef");
  });

  it("tells authorities by their path length", () => {
    expect(readCertificate(root.certificate).pathLength).toBe(1);
    expect(readCertificate(issuing.certificate).pathLength).toBe(0);
    expect(readCertificate(der).pathLength).toBeUndefined();
  });

  it("gives the subject key identifier of 20 octets", () => {
    expect(readCertificate(der).keyId).toMatch(/^[0-9a-f]{40}$/);
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["a certificate that is cut off", der.subarray(0, -1)],
    ["octets after the certificate", Buffer.concat([der, Buffer.from([0])])],
    ["text", Buffer.from("-----BEGIN CERTIFICATE-----")],
  ])("refuses %s", (_, octets) => {
    expect(() => readCertificate(octets)).toThrow(DerError);
  });
});
