/** Subscriber keys: which kind, how long it is trusted, and making one. */
import { ECDH, createPublicKey, generateKeyPair, generateKeyPairSync, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { tag } from "./der.ts";
import {
  DerError,
  asBuffer,
  bitStringOf,
  childrenOf,
  expectTag,
  integerOf,
  objectIdentifierOf,
  wholeElement,
} from "./der-reader.ts";
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

/** True when a certificate to `notAfter` outlives the trust in its kind of key. Such an order is carried out, with a warning. */
export const outlives = (kind: KeyKind, notAfter: Date): boolean =>
  kind === "rsa2048" && notAfter.getTime() >= END_OF_112_BITS;

const generate = promisify(generateKeyPair);

const publicKeyEncoding = { type: "spki", format: "der" } as const;
const privateKeyEncoding = { type: "pkcs8", format: "der" } as const;

/**
 * Makes a key pair: RSA on the thread pool (RSA-2048 about 0.15 s, RSA-3072 0.4 s), P-256 synchronously, because its 0.1 ms
 * is less than half of what a round trip to the thread pool costs.
 */
export async function generateKey(kind: KeyKind): Promise<KeyPair> {
  const { privateKey, publicKey } =
    kind === "p256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256", publicKeyEncoding, privateKeyEncoding })
      : await generate("rsa", {
          modulusLength: kind === "rsa2048" ? 2048 : 3072,
          publicExponent: 0x10001,
          publicKeyEncoding,
          privateKeyEncoding,
        });
  return { pkcs8: privateKey, spki: publicKey };
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

/** The last few keys that were read: an authority's signatures are verified thousands of times in a row. */
const recent = new Map<string, KeyObject>();
const recentLimit = 8;

/** The public key of a SubjectPublicKeyInfo (DER). */
export function publicKeyOf(spki: Uint8Array): KeyObject {
  const der = asBuffer(spki);
  const name = der.toString("latin1");
  const key = recent.get(name) ?? createPublicKey({ key: der, format: "der", type: "spki" });
  recent.delete(name);
  recent.set(name, key);
  const [oldest] = recent.keys();
  if (recent.size > recentLimit && oldest !== undefined) recent.delete(oldest);
  return key;
}

/**
 * Reads a SubjectPublicKeyInfo without making a key of it, which costs more than all else of a certificate. A curve other
 * than `prime256v1` is named by its object identifier. Throws DerError or TypeError for a key that is neither RSA (RFC 8017
 * appendix A.1.1) nor on a named curve (RFC 5480 §2.1), and for a point that is not on P-256.
 */
export function publicKeyFacts(spki: Uint8Array): PublicKeyFacts {
  const [algorithm, bits, ...unknown] = childrenOf(spki, wholeElement(spki));
  const [, parameters, ...others] = childrenOf(spki, expectTag(algorithm, tag.sequence));
  if (unknown.length + others.length > 0) throw new DerError("a public key with unknown fields");
  const key = bitStringOf(spki, expectTag(bits, tag.bitString));
  if (keyAlgorithm(spki) === "rsa") {
    const { content, end } = expectTag(parameters, tag.null);
    const [modulus, exponent, ...more] = childrenOf(key, wholeElement(key));
    if (content !== end || modulus === undefined || exponent === undefined || more.length > 0)
      throw new DerError("an RSA key that is not of NULL, modulus and exponent");
    const modulusLength = integerOf(key, modulus).toString(2).length;
    return { algorithm: "rsa", modulusLength, publicExponent: integerOf(key, exponent) };
  }
  const curve = objectIdentifierOf(spki, expectTag(parameters, tag.objectIdentifier));
  if (curve !== oid.prime256v1) return { algorithm: "ec", curve };
  if (!isUncompressedPoint(key)) throw new TypeError("the public key is no uncompressed point of P-256");
  return { algorithm: "ec", curve: "prime256v1" };
}

/** OpenSSL takes only a point of the curve (SEC 1 §2.3.4). */
function isUncompressedPoint(point: Uint8Array): boolean {
  try {
    return point[0] === 0x04 && ECDH.convertKey(point, "prime256v1").length === point.length;
  } catch {
    return false;
  }
}
