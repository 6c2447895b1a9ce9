/** Real authorities for tests: a root and an issuing authority with local keys, signing as AWS KMS does (digest in, signature out). */
import { constants, createHash, createPrivateKey, privateEncrypt, sign } from "node:crypto";
import { generateKey, type KeyKind, type KeyPair } from "../../lambdas/pki/keys.ts";
import { issue, prepare, type DigestSigner } from "../../lambdas/pki/issuance.ts";
import { issuingTbs, leafTbs, rootTbs, type LeafOrder } from "../../lambdas/pki/profile.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";

/** DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1). */
const SHA256_INFO = Buffer.from("3031300d060960864801650304020105000420", "hex");

/** RSA signer over a digest, as KMS with RSASSA_PKCS1_V1_5_SHA_256 and MessageType DIGEST. */
export function rsaSigner(pkcs8: Uint8Array): DigestSigner {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  return {
    algorithm: "rsa-sha256",
    sign: (digest) =>
      Promise.resolve(
        privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([SHA256_INFO, digest])),
      ),
  };
}

/** ECDSA signer for one known TBS: node signs messages, not digests, so it checks that it was given the TBS's digest. */
export function ecdsaSigner(pkcs8: Uint8Array, tbs: Uint8Array): DigestSigner {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  return {
    algorithm: "ecdsa-sha256",
    sign: (digest) => {
      if (!createHash("sha256").update(tbs).digest().equals(digest))
        throw new Error("the digest is not that of the TBS");
      return Promise.resolve(sign("sha256", tbs, key));
    },
  };
}

export type TestAuthority = {
  readonly certificate: Uint8Array;
  readonly keys: KeyPair;
  signerFor(tbs: Uint8Array): DigestSigner;
};

const NOT_BEFORE = new Date("2026-01-01T00:00:00Z");
const ROOT_END = new Date("2056-01-01T00:00:00Z");
export const ISSUING_END = new Date("2051-01-01T00:00:00Z");
export const CRL_URL = "http://crl.example.jp/subscribers.crl";
export const CA_URL = "http://crl.example.jp/subscribers.cer";

const signerOf =
  (kind: KeyKind, keys: KeyPair) =>
  (tbs: Uint8Array): DigestSigner =>
    kind === "p256" ? ecdsaSigner(keys.pkcs8, tbs) : rsaSigner(keys.pkcs8);

/** A root and an issuing authority below it; P-256 where the kind of key does not matter, because it is made in no time. */
export async function authorities(
  kind: KeyKind = "p256",
): Promise<{ readonly root: TestAuthority; readonly issuing: TestAuthority }> {
  const [rootKeys, issuingKeys] = await Promise.all([generateKey(kind), generateKey(kind)]);
  const tbs = rootTbs({
    serialNumber: newSerial(),
    notBefore: NOT_BEFORE,
    notAfter: ROOT_END,
    subject: { commonName: "Test Root CA", organizationalUnits: [], organization: "Test", country: "JP" },
    publicKey: rootKeys.spki,
  });
  const rootCertificate = await issue(prepare(tbs, "self"), signerOf(kind, rootKeys)(tbs));
  const below = issuingTbs({
    serialNumber: newSerial(),
    notBefore: NOT_BEFORE,
    notAfter: ISSUING_END,
    subject: { commonName: "Test Subscribers CA", organizationalUnits: [], organization: "Test", country: "JP" },
    publicKey: issuingKeys.spki,
    authority: rootCertificate,
    distributionPoint: "http://crl.example.jp/root.crl",
    caIssuers: "http://crl.example.jp/root.cer",
  });
  const issuingCertificate = await issue(prepare(below, rootCertificate), signerOf(kind, rootKeys)(below));
  return {
    root: { certificate: rootCertificate, keys: rootKeys, signerFor: signerOf(kind, rootKeys) },
    issuing: { certificate: issuingCertificate, keys: issuingKeys, signerFor: signerOf(kind, issuingKeys) },
  };
}

/** An order for a leaf with every part present, to be altered per test. */
export const leafOrder = (
  issuing: TestAuthority,
  publicKey: Uint8Array,
  change: Partial<LeafOrder> = {},
): LeafOrder => ({
  serialNumber: newSerial(),
  notBefore: new Date("2026-04-01T00:00:00Z"),
  notAfter: new Date("2030-12-31T14:59:59Z"),
  authority: issuing.certificate,
  publicKey,
  subject: {
    email: "taro.yamada@example.jp",
    commonName: "Yamada Taro",
    organizationalUnits: ["Warifu", "営業部"],
    organization: "Example Corporation",
    country: "JP",
  },
  distributionPoint: CRL_URL,
  caIssuers: CA_URL,
  policies: ["1.3.6.1.4.1.99999.1"],
  ...change,
});

/** A leaf certificate, signed by the issuing authority. */
export async function leaf(
  issuing: TestAuthority,
  publicKey: Uint8Array,
  change: Partial<LeafOrder> = {},
): Promise<Uint8Array> {
  const tbs = leafTbs(leafOrder(issuing, publicKey, change));
  return issue(prepare(tbs, issuing.certificate), issuing.signerFor(tbs));
}
