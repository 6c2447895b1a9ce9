/** The chain and its lists before other people's programs, at the present time: those programs have clocks. */
import { join } from "node:path";
import { describe, expect } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import type { CrlEntry } from "../../lambdas/pki/crl-entry.ts";
import { packed } from "../../lambdas/pki/crl-entries.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { toPem } from "../../lambdas/pki/pem.ts";
import { pkcs12, type Pkcs12Form } from "../../lambdas/pki/pkcs12.ts";
import { itWith, program, run } from "../program.ts";
import { authorities, leaf, rsaSigner, type TestAuthority } from "./authorities.ts";
import { testFolder } from "./folder.ts";
import { answerTo, verdictServer, withNginx } from "./nginx.ts";

const openssl = program("openssl", "openssl");
const nginx = program("nginx", "nginx-light");
const folder = testFolder();

const now = Math.floor(Date.now() / 1000) * 1000;
const MINUTE = 60_000;
const validity = { notBefore: new Date(now - 5 * MINUTE), notAfter: new Date(now + 1000 * MINUTE) };

const { root, issuing } = await authorities("rsa2048");
const keys = await generateKey("rsa2048");
const good = await leaf(issuing, keys.spki, { ...validity, upn: "taro@corp.example.jp" });
const revoked = await leaf(issuing, keys.spki, validity);
const long = await leaf(issuing, keys.spki, { ...validity, notAfter: new Date("2050-06-01T00:00:00Z") });

const crl = (by: TestAuthority, number: number, entries: readonly CrlEntry[]): Promise<Uint8Array> => {
  const tbs = crlTbs({
    issuerCertificate: by.certificate,
    number,
    signedAt: new Date(now),
    lifetime: 1440 * MINUTE,
    entries: packed(entries),
  });
  return signCrl(tbs, rsaSigner(by.keys.pkcs8), by.certificate);
};
const rootCrl = await crl(root, 1, []);
const issuingCrl = await crl(issuing, 42, [
  { serialNumber: readCertificate(revoked).serialNumber, revokedAt: new Date(now - MINUTE), reason: "keyCompromise" },
]);

const pem = (name: string, der: Uint8Array): string => folder.write(name, toPem("CERTIFICATE", der));
const files = {
  root: pem("root.pem", root.certificate),
  issuing: pem("issuing.pem", issuing.certificate),
  good: pem("good.pem", good),
  revoked: pem("revoked.pem", revoked),
  long: pem("long.pem", long),
  crls: folder.write("crls.pem", toPem("X509 CRL", rootCrl) + toPem("X509 CRL", issuingCrl)),
  issuingCrl: folder.write("issuing.crl", issuingCrl),
  rootCrl: folder.write("root.crl", rootCrl),
};

describe("the chain before openssl", () => {
  const verify = (certificate: string) =>
    run(
      openssl,
      "verify",
      "-x509_strict",
      "-crl_check_all",
      "-purpose",
      "sslclient",
      "-CAfile",
      files.root,
      "-untrusted",
      files.issuing,
      "-CRLfile",
      files.crls,
      certificate,
    );

  itWith(openssl, "is accepted for TLS clients under the strictest check, with all CRLs", () => {
    expect(verify(files.good)).toEqual({ status: 0, text: `${files.good}: OK\n` });
    expect(verify(files.long).status).toBe(0);
  });

  itWith(openssl, "is refused when the leaf is revoked", () => {
    expect(verify(files.revoked)).toMatchObject({
      status: 2,
      text: expect.stringContaining("certificate revoked") as string,
    });
  });

  itWith(openssl, "is refused for TLS servers", () => {
    const { status, text } = run(
      openssl,
      "verify",
      "-purpose",
      "sslserver",
      "-CAfile",
      files.root,
      "-untrusted",
      files.issuing,
      files.good,
    );
    expect(text).toMatch(/unsuitable certificate purpose|unsupported certificate purpose/);
    expect(status).not.toBe(0);
  });

  itWith(openssl, "is refused with an issuing authority for a root alone", () => {
    expect(run(openssl, "verify", "-x509_strict", "-CAfile", files.root, files.good).status).not.toBe(0);
  });

  itWith(openssl, "has the ASN.1 types of the profile", () => {
    const types = [
      ...run(openssl, "asn1parse", "-in", files.good).text.matchAll(
        /:(emailAddress|commonName|organizationalUnitName|organizationName|countryName)\s+.*?prim: (\w+)/gs,
      ),
    ];
    const subject = types.slice(-6).map(([, name, type]) => `${name} ${type}`);
    expect(subject).toEqual([
      "emailAddress IA5STRING",
      "commonName UTF8STRING",
      "organizationalUnitName UTF8STRING",
      "organizationalUnitName UTF8STRING",
      "organizationName UTF8STRING",
      "countryName PRINTABLESTRING",
    ]);
    expect(run(openssl, "asn1parse", "-in", files.good).text.match(/UTCTIME/g)).toHaveLength(2);
    expect(run(openssl, "asn1parse", "-in", files.long).text).toMatch(/GENERALIZEDTIME\s+:20500601000000Z/);
  });
});

describe("the lists before openssl", () => {
  itWith(openssl, "verify with their issuers", () => {
    expect(run(openssl, "crl", "-inform", "DER", "-in", files.rootCrl, "-CAfile", files.root, "-noout")).toMatchObject({
      status: 0,
      text: expect.stringContaining("verify OK") as string,
    });
    const chain = folder.write(
      "chain.pem",
      toPem("CERTIFICATE", issuing.certificate) + toPem("CERTIFICATE", root.certificate),
    );
    expect(run(openssl, "crl", "-inform", "DER", "-in", files.issuingCrl, "-CAfile", chain, "-noout")).toMatchObject({
      status: 0,
      text: expect.stringContaining("verify OK") as string,
    });
  });

  itWith(openssl, "tell version, number, serial number and reason", () => {
    const { text } = run(openssl, "crl", "-inform", "DER", "-in", files.issuingCrl, "-noout", "-text");
    expect(text).toContain("Version 2 (0x1)");
    expect(text).toMatch(/X509v3 CRL Number:\s+42/);
    expect(text).toContain(`Serial Number: ${readCertificate(revoked).serialNumber.toUpperCase()}`);
    expect(text).toMatch(/CRL Reason Code:\s+Key Compromise/);
    expect(text).not.toContain("Issuing Distribution Point");
    expect(run(openssl, "crl", "-inform", "DER", "-in", files.rootCrl, "-noout", "-text").text).toContain(
      "No Revoked Certificates.",
    );
  });
});

describe("the chain before nginx", () => {
  const password = "abcdefgh2345";
  const client = (der: Uint8Array, form: Pkcs12Form): Promise<Uint8Array> =>
    pkcs12({
      form,
      pkcs8: keys.pkcs8,
      certificates: [der, issuing.certificate, root.certificate],
      password,
      friendlyName: "test",
    });

  itWith(
    nginx,
    "lets the good certificate in from both forms of p12, and keeps the revoked one out",
    async () => {
      const [key, certificate] = [join(folder.path, "server.key"), join(folder.path, "server.pem")];
      const made = run(
        openssl,
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=localhost",
        "-keyout",
        key,
        "-out",
        certificate,
      );
      expect(made.status).toBe(0);
      folder.write("trusted.pem", toPem("CERTIFICATE", root.certificate) + toPem("CERTIFICATE", issuing.certificate));
      await withNginx(nginx, folder, verdictServer, async (socketPath) => {
        const verdict = async (p12: Uint8Array) => (await answerTo(socketPath, p12, password)).body;
        expect(await verdict(await client(good, "modern"))).toBe("SUCCESS");
        expect(await verdict(await client(good, "legacy"))).toBe("SUCCESS");
        expect(await verdict(await client(revoked, "modern"))).toBe("FAILED:certificate revoked");
      });
    },
    60_000,
  );
});
