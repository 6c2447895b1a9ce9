import { createPrivateKey, createPublicKey } from "node:crypto";
import { describe, expect, it } from "vitest";
import { generateKey, keyKindFor, outlives, publicKeyFacts } from "../../lambdas/pki/keys.ts";

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
