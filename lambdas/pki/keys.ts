/** Subscriber keys: which kind, how long it is trusted, and making one off the main thread. */
import { createPublicKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { tag } from "./der.ts";
import { childrenOf, expectTag, objectIdentifierOf, wholeElement } from "./der-reader.ts";
import { oid } from "./oids.ts";

/** Kinds of key that a subscriber's certificate may hold. */
export type KeyKind = "rsa2048" | "rsa3072" | "p256";

/** A fresh key pair: PKCS #8 PrivateKeyInfo (unencrypted) and SubjectPublicKeyInfo, both DER. */
export type KeyPair = { readonly pkcs8: Uint8Array; readonly spki: Uint8Array };

/** 112-bit security is accepted up to the end of 2030 (CRYPTREC LS-0003; NIST SP 800-57 part 1 table 4); the end is that of the day in Japan. */
const END_OF_112_BITS = Date.parse("2031-01-01T00:00:00+09:00");

/** The kind that was asked for; with `auto` RSA-2048 while it is trusted to the end of the certificate, else RSA-3072. */
export function keyKindFor(choice: "auto" | KeyKind, notAfter: Date): KeyKind {
  if (choice !== "auto") return choice;
  return outlives("rsa2048", notAfter) ? "rsa3072" : "rsa2048";
}

/** True when a certificate to `notAfter` outlives the trust in its kind of key: obey, but warn. */
export const outlives = (kind: KeyKind, notAfter: Date): boolean =>
  kind === "rsa2048" && notAfter.getTime() >= END_OF_112_BITS;

const generate = promisify(generateKeyPair);

/** Makes a key pair on the thread pool (RSA-2048 about 0.15 s, RSA-3072 0.4 s, P-256 under 1 ms). */
export async function generateKey(kind: KeyKind): Promise<KeyPair> {
  const { privateKey, publicKey } =
    kind === "p256"
      ? await generate("ec", { namedCurve: "P-256" })
      : await generate("rsa", { modulusLength: kind === "rsa2048" ? 2048 : 3072, publicExponent: 0x10001 });
  return {
    pkcs8: privateKey.export({ type: "pkcs8", format: "der" }),
    spki: publicKey.export({ type: "spki", format: "der" }),
  };
}

/** Which algorithm a SubjectPublicKeyInfo names, read from its object identifier alone. Throws TypeError for others. */
export function keyAlgorithm(spki: Uint8Array): "rsa" | "ec" {
  const [algorithm] = childrenOf(spki, wholeElement(spki));
  const [identifier] = childrenOf(spki, expectTag(algorithm, tag.sequence));
  const dotted = objectIdentifierOf(spki, expectTag(identifier, tag.objectIdentifier));
  if (dotted === oid.rsaEncryption) return "rsa";
  if (dotted === oid.ecPublicKey) return "ec";
  throw new TypeError(`keys of the algorithm ${dotted} are not certified here`);
}

/** What a SubjectPublicKeyInfo holds. */
export type PublicKeyFacts =
  | { readonly algorithm: "rsa"; readonly modulusLength: number; readonly publicExponent: bigint }
  | { readonly algorithm: "ec"; readonly curve: string };

/** The last few keys that were read: one certificate reads its own several times, and its authority's each time. */
const recent = new Map<string, KeyObject>();
const recentLimit = 8;

/** The public key of a SubjectPublicKeyInfo (DER). */
export function publicKeyOf(spki: Uint8Array): KeyObject {
  const der = Buffer.from(spki);
  const name = der.toString("latin1");
  const key = recent.get(name) ?? createPublicKey({ key: der, format: "der", type: "spki" });
  recent.delete(name);
  recent.set(name, key);
  const [oldest] = recent.keys();
  if (recent.size > recentLimit && oldest !== undefined) recent.delete(oldest);
  return key;
}

/** Reads a SubjectPublicKeyInfo; throws for a key that is neither RSA nor on a named curve. */
export function publicKeyFacts(spki: Uint8Array): PublicKeyFacts {
  const key = publicKeyOf(spki);
  const { modulusLength, publicExponent, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType === "rsa" && modulusLength !== undefined && publicExponent !== undefined) {
    return { algorithm: "rsa", modulusLength, publicExponent };
  }
  if (key.asymmetricKeyType === "ec" && namedCurve !== undefined) return { algorithm: "ec", curve: namedCurve };
  throw new TypeError(`keys of type ${key.asymmetricKeyType ?? "unknown"} are not certified here`);
}
