/**
 * Having a digest signed by a key elsewhere, and wrapping the signature. Only `issuance.ts` and `crl.ts` may import
 * `signTbs`: what they sign was linted or read back first.
 */
import { createHash, verify } from "node:crypto";
import { bitString, sequence, tag } from "./der.ts";
import { bitStringOf, childrenOf, encodingOf, expectTag, wholeElement } from "./der-reader.ts";
import { publicKeyOf } from "./keys.ts";
import { algorithmIdentifier, signatureAlgorithmOf, type SignatureAlgorithm } from "./signature-algorithm.ts";

/**
 * An authority's private key, wherever it is. `sign` gets the 32 octets of a SHA-256 digest (AWS KMS: MessageType DIGEST)
 * and gives the signature: for RSA the PKCS #1 v1.5 octets, for ECDSA the DER of RFC 3279 §2.2.3, as KMS answers.
 */
export type DigestSigner = {
  readonly algorithm: SignatureAlgorithm;
  sign(digest: Uint8Array): Promise<Uint8Array>;
};

/** The signer does not belong to the authority, or its signature is wrong: a fault of the installation, not of a request. */
export class SignatureError extends Error {
  override readonly name = "SignatureError";
}

/**
 * Lets the signer sign a TBS and returns the whole structure, after it was read back: the signed part is the TBS byte for
 * byte and the signature verifies with the authority's key. Throws SignatureError.
 */
export async function signTbs(tbs: Uint8Array, signer: DigestSigner, authoritySpki: Uint8Array): Promise<Uint8Array> {
  if (signer.algorithm !== signatureAlgorithmOf(authoritySpki)) {
    throw new SignatureError(
      `the signer makes ${signer.algorithm}, the authority's key makes another kind; give the authority's own key`,
    );
  }
  const digest = createHash("sha256").update(tbs).digest();
  const signature = await signer.sign(digest);
  const der = sequence(tbs, algorithmIdentifier(signer.algorithm), bitString(signature));
  if (!isSignedBy(der, authoritySpki) || Buffer.compare(signedPart(der), tbs) !== 0) {
    throw new SignatureError(
      "what the signer gave does not verify with the authority's certificate; check that both belong to the same key",
    );
  }
  return der;
}

/** The TBS of a signed structure (certificate, CRL or request). */
export function signedPart(der: Uint8Array): Uint8Array {
  const [tbs] = childrenOf(der, wholeElement(der));
  return encodingOf(der, expectTag(tbs, tag.sequence));
}

/** True when the outer algorithm is the one of this key and the signature verifies. */
export function isSignedBy(der: Uint8Array, authoritySpki: Uint8Array): boolean {
  const [tbs, algorithm, signature] = childrenOf(der, wholeElement(der));
  const expected = algorithmIdentifier(signatureAlgorithmOf(authoritySpki));
  if (Buffer.compare(encodingOf(der, expectTag(algorithm, tag.sequence)), expected) !== 0) return false;
  return verify(
    "sha256",
    encodingOf(der, expectTag(tbs, tag.sequence)),
    publicKeyOf(authoritySpki),
    bitStringOf(der, expectTag(signature, tag.bitString)),
  );
}
