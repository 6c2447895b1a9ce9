import { createPrivateKey, createPublicKey, ECDH, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bitString, derNull, integer, objectIdentifier, sequence, tag, tlv } from "../../lambdas/pki/der.ts";
import { generateKey, keyKindFor, outlives, publicKeyFacts } from "../../lambdas/pki/keys.ts";
import { oid } from "../../lambdas/pki/oids.ts";

const LAST_SECOND_OF_2030 = new Date("2030-12-31T23:59:59+09:00");
const FIRST_SECOND_OF_2031 = new Date("2031-01-01T00:00:00+09:00");

describe("keyKindFor", () => {
  it("gives RSA-2048 to a certificate that ends by 2030 in Japan", () => {
    expect(keyKindFor("auto", LAST_SECOND_OF_2030)).toBe("rsa2048");
  });

  it("gives RSA-3072 from the first second of 2031 in Japan", () => {
    expect(keyKindFor("auto", FIRST_SECOND_OF_2031)).toBe("rsa3072");
  });

  it.each(["rsa2048", "rsa3072", "p256"] as const)("obeys a given %s", (kind) => {
    expect(keyKindFor(kind, FIRST_SECOND_OF_2031)).toBe(kind);
  });
});

describe("outlives", () => {
  it("warns of RSA-2048 alone, and only after 2030", () => {
    expect(outlives("rsa2048", FIRST_SECOND_OF_2031)).toBe(true);
    expect(outlives("rsa2048", LAST_SECOND_OF_2030)).toBe(false);
    expect(outlives("rsa3072", FIRST_SECOND_OF_2031)).toBe(false);
    expect(outlives("p256", FIRST_SECOND_OF_2031)).toBe(false);
  });
});

describe("generateKey", () => {
  it.each([
    ["rsa2048", { algorithm: "rsa", modulusLength: 2048, publicExponent: 65537n }],
    ["rsa3072", { algorithm: "rsa", modulusLength: 3072, publicExponent: 65537n }],
    ["p256", { algorithm: "ec", curve: "prime256v1" }],
  ] as const)(
    "makes a pair of %s whose halves belong together",
    async (kind, facts) => {
      const { pkcs8, spki } = await generateKey(kind);
      expect(publicKeyFacts(spki)).toEqual(facts);
      const privateKey = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
      expect(createPublicKey(privateKey).export({ type: "spki", format: "der" }).equals(spki)).toBe(true);
    },
    30_000,
  );
});

describe("publicKeyFacts", () => {
  const point = (curve: string, form: "compressed" | "uncompressed"): Buffer => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: curve });
    const bits = publicKey.export({ type: "spki", format: "der" }).subarray(-65);
    return Buffer.from(ECDH.convertKey(bits, curve, undefined, undefined, form) as Buffer);
  };
  const algorithm = (...parts: Uint8Array[]): Uint8Array => sequence(objectIdentifier(oid.ecPublicKey), ...parts);
  const p256 = algorithm(objectIdentifier(oid.prime256v1));
  const rsaKey = sequence(integer((1n << 2047n) + 1n), integer(65537));
  const rsa = (...parameters: Uint8Array[]): Uint8Array =>
    sequence(sequence(objectIdentifier(oid.rsaEncryption), ...parameters), bitString(rsaKey));

  it("counts the bits of the modulus", () => {
    expect(publicKeyFacts(rsa(derNull()))).toEqual({ algorithm: "rsa", modulusLength: 2048, publicExponent: 65537n });
  });

  it("names other curves by their object identifier", () => {
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-384" });
    expect(publicKeyFacts(publicKey.export({ type: "spki", format: "der" }))).toEqual({
      algorithm: "ec",
      curve: "1.3.132.0.34",
    });
  });

  const offTheCurve = point("prime256v1", "uncompressed");
  offTheCurve.writeUInt8(offTheCurve.readUInt8(64) ^ 1, 64);
  it.each([
    ["a point that is not on the curve", sequence(p256, bitString(offTheCurve))],
    ["a point of another curve", sequence(p256, bitString(point("secp256k1", "uncompressed")))],
    ["a compressed point", sequence(p256, bitString(point("prime256v1", "compressed")))],
    ["the point at infinity", sequence(p256, bitString(Uint8Array.of(0)))],
    ["a curve without name", sequence(algorithm(), bitString(offTheCurve))],
    ["RSA without parameters", rsa()],
    ["RSA with a NULL that holds something", rsa(tlv(tag.null, Uint8Array.of(0)))],
    ["something after the key", sequence(p256, bitString(point("prime256v1", "uncompressed")), derNull())],
    [
      "something after the exponent",
      sequence(
        sequence(objectIdentifier(oid.rsaEncryption), derNull()),
        bitString(sequence(integer(5), integer(3), integer(1))),
      ),
    ],
  ])("refuses %s", (_, spki) => {
    expect(() => publicKeyFacts(spki)).toThrow();
  });
});
