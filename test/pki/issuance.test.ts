import { generateKeyPairSync } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import {
  issue,
  LintError,
  prepare,
  SignatureError,
  type DigestSigner,
  type Prepared,
} from "../../lambdas/pki/issuance.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { leafTbs, rootTbs } from "../../lambdas/pki/profile.ts";
import { authorities, ecdsaSigner, leafOrder, rsaSigner } from "./authorities.ts";

const { root, issuing } = await authorities("rsa2048");
const keys = await generateKey("p256");
const goodTbs = (): Uint8Array => leafTbs(leafOrder(issuing, keys.spki));
const signer = rsaSigner(issuing.keys.pkcs8);

describe("prepare", () => {
  it("refuses a certificate that breaks the profile, and names every broken rule with its source", () => {
    const tbs = leafTbs(
      leafOrder(issuing, keys.spki, { serialNumber: "01", notAfter: new Date("2060-01-01T00:00:00Z") }),
    );
    expect(() => prepare(tbs, issuing.certificate)).toThrow(LintError);
    try {
      prepare(tbs, issuing.certificate);
    } catch (error) {
      expect((error as LintError).findings.map(({ rule }) => rule)).toEqual(["serial", "validity-inside-authority"]);
      expect((error as LintError).message).toContain("RFC 5280 §4.1.2.2");
    }
  });

  it("takes no leaf under the root and no authority under an issuing authority", () => {
    expect(() => prepare(leafTbs(leafOrder({ ...root }, keys.spki)), root.certificate)).toThrow(LintError);
    expect(() => prepare(readCertificate(issuing.certificate).tbs, issuing.certificate)).toThrow(LintError);
  });

  it("takes no leaf for an authority", async () => {
    const der = await issue(prepare(goodTbs(), issuing.certificate), signer);
    expect(() => prepare(goodTbs(), der)).toThrow("is no authority of this PKI");
  });

  it("refuses what is no certificate at all", () => {
    expect(() => prepare(Uint8Array.of(0x30, 0), issuing.certificate)).toThrow();
  });
});

describe("issue", () => {
  it("gives the certificate whose signed part is the prepared one byte for byte", async () => {
    const tbs = goodTbs();
    const der = await issue(prepare(tbs, issuing.certificate), signer);
    expect(Buffer.compare(readCertificate(der).tbs, tbs)).toBe(0);
  });

  it("redeems a preparation once", async () => {
    const token = prepare(goodTbs(), issuing.certificate);
    await issue(token, signer);
    await expect(issue(token, signer)).rejects.toThrow("used before");
  });

  it("redeems a preparation once even when two ask at the same time", async () => {
    const token = prepare(goodTbs(), issuing.certificate);
    const outcomes = await Promise.allSettled([issue(token, signer), issue(token, signer)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  });

  it("spends the preparation when the signer fails", async () => {
    const token = prepare(goodTbs(), issuing.certificate);
    const failing: DigestSigner = { algorithm: "rsa-sha256", sign: () => Promise.reject(new Error("throttled")) };
    await expect(issue(token, failing)).rejects.toThrow("throttled");
    await expect(issue(token, signer)).rejects.toThrow("used before");
  });

  it("signs nothing that prepare did not make", async () => {
    await expect(issue({} as Prepared, signer)).rejects.toThrow("was not made by prepare");
  });

  it("signs what was linted, whatever happens to the octets meanwhile", async () => {
    const tbs = Uint8Array.from(goodTbs());
    const original = Uint8Array.from(tbs);
    const token = prepare(tbs, issuing.certificate);
    tbs.fill(0);
    expect(Buffer.compare(readCertificate(await issue(token, signer)).tbs, original)).toBe(0);
  });

  it("refuses the signature of another key", async () => {
    const other = rsaSigner((await generateKey("rsa2048")).pkcs8);
    await expect(issue(prepare(goodTbs(), issuing.certificate), other)).rejects.toThrow(SignatureError);
  });

  it("refuses a signature with a wrong bit", async () => {
    const faulty: DigestSigner = {
      algorithm: "rsa-sha256",
      sign: async (digest) => {
        const signature = Buffer.from(await signer.sign(digest));
        signature.writeUInt8(signature.readUInt8(40) ^ 1, 40);
        return signature;
      },
    };
    await expect(issue(prepare(goodTbs(), issuing.certificate), faulty)).rejects.toThrow(SignatureError);
  });

  it("refuses a signer of the other kind before it is asked", async () => {
    const tbs = goodTbs();
    let asked = false;
    const other: DigestSigner = {
      algorithm: "ecdsa-sha256",
      sign: (digest) => ((asked = true), ecdsaSigner(keys.pkcs8, tbs).sign(digest)),
    };
    await expect(issue(prepare(tbs, issuing.certificate), other)).rejects.toThrow(SignatureError);
    expect(asked).toBe(false);
  });

  it("gives the same certificate for the same signed part with an RSA-4096 root", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 4096 });
    const order = {
      serialNumber: `01${"23".repeat(15)}`,
      notBefore: new Date("2026-01-01T00:00:00Z"),
      notAfter: new Date("2056-01-01T00:00:00Z"),
      subject: { commonName: "Warifu Root CA", organizationalUnits: [], organization: "Warifu", country: "JP" },
      publicKey: publicKey.export({ type: "spki", format: "der" }),
    };
    const rootSigner = rsaSigner(privateKey.export({ type: "pkcs8", format: "der" }));
    const twice = await Promise.all([0, 1].map(() => issue(prepare(rootTbs(order), "self"), rootSigner)));
    expect(twice[0]).toEqual(twice[1]);
  }, 120_000);
});

describe("the way to a signature", () => {
  it("leads through issuance.ts and crl.ts alone", () => {
    const folder = new URL("../../lambdas/", import.meta.url);
    const importers = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => /\bsignTbs\b/.test(readFileSync(new URL(file, folder), "utf8")));
    expect(importers.toSorted()).toEqual(["pki/crl.ts", "pki/issuance.ts", "pki/signature.ts"]);
  });
});
