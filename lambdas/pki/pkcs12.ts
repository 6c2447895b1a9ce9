/**
 * PKCS #12 (RFC 7292) in the two forms that devices open. Everything is DER of definite length, with the key in a shrouded
 * bag, the whole chain, and friendlyName with localKeyID, without which NSS refuses the import.
 */
import { createHash, createHmac } from "node:crypto";
import { context, integer, objectIdentifier, octetString, sequence, setOf, tag, tlv } from "./der.ts";
import { oid } from "./oids.ts";
import { encryptModern, encryptLegacy, macOf, type Encrypted } from "./pkcs12-protection.ts";
import { ProfileError } from "./profile-error.ts";

/**
 * `modern`: PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256, MAC with SHA-256 (Windows 10 1709 and later).
 * `legacy`: PBE-SHA1-3DES for key and certificates, MAC with SHA-1 (Apple, Android up to 13; never RC2).
 */
export type Pkcs12Form = "modern" | "legacy";

export type Pkcs12Order = {
  readonly form: Pkcs12Form;
  /** DER of the PrivateKeyInfo. */
  readonly pkcs8: Uint8Array;
  /** DER of the leaf's certificate and then of its authorities. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]];
  /** Printable ASCII, not empty: other text is encoded differently by different readers. */
  readonly password: string;
  /** The name that the device shows for the entry. */
  readonly friendlyName: string;
};

/** The DER of a PFX. Throws ProfileError with the rule `password` or `friendly-name`. The key derivations run on the thread pool where node has them. */
export async function pkcs12(order: Pkcs12Order): Promise<Uint8Array> {
  if (!/^[ -~]+$/.test(order.password))
    throw new ProfileError("password", "the password of a PKCS #12 must be printable ASCII and not empty");
  if (order.friendlyName === "" || !order.friendlyName.isWellFormed())
    throw new ProfileError("friendly-name", "the name of the entry must be text and not empty");
  const encrypt = order.form === "modern" ? encryptModern : encryptLegacy;
  const [leaf, ...chain] = order.certificates;
  const attributes = setOf(
    attribute(oid.friendlyName, tlv(tag.bmpString, Buffer.from(order.friendlyName, "utf16le").swap16())),
    attribute(oid.localKeyId, octetString(createHash("sha1").update(leaf).digest())),
  );
  const certificateBags = sequence(
    certificateBag(leaf, attributes),
    ...chain.map((certificate) => certificateBag(certificate)),
  );
  const key = await encrypt(order.pkcs8, order.password);
  const keyBags = sequence(safeBag(oid.shroudedKeyBag, sequence(key.algorithm, octetString(key.content)), attributes));
  const authSafe = sequence(
    encryptedData(await encrypt(certificateBags, order.password)),
    contentInfo(oid.data, octetString(keyBags)),
  );
  return sequence(integer(3), contentInfo(oid.data, octetString(authSafe)), macData(order, authSafe));
}

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), setOf(value));

const safeBag = (type: string, value: Uint8Array, attributes?: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(type), context(0, value), ...(attributes === undefined ? [] : [attributes]));

const certificateBag = (der: Uint8Array, attributes?: Uint8Array): Uint8Array =>
  safeBag(oid.certBag, sequence(objectIdentifier(oid.x509Certificate), context(0, octetString(der))), attributes);

const contentInfo = (type: string, content: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(type), context(0, content));

/** EncryptedData of RFC 5652 §8, whose content is IMPLICIT [0] OCTET STRING. */
const encryptedData = ({ algorithm, content }: Encrypted): Uint8Array =>
  contentInfo(
    oid.encryptedData,
    sequence(integer(0), sequence(objectIdentifier(oid.data), algorithm, tlv(0x80, content))),
  );

function macData(order: Pkcs12Order, authSafe: Uint8Array): Uint8Array {
  const hash = order.form === "modern" ? "sha256" : "sha1";
  const { key, salt, iterations, digestAlgorithm } = macOf(hash, order.password);
  const mac = createHmac(hash, key).update(authSafe).digest();
  return sequence(sequence(digestAlgorithm, octetString(mac)), octetString(salt), integer(iterations));
}
