/** Which signature an authority's key makes, and its name in DER. */
import { derNull, objectIdentifier, sequence } from "./der.ts";
import { keyAlgorithm } from "./keys.ts";
import { oid } from "./oids.ts";

/** RSASSA-PKCS1-v1_5 or ECDSA, both over SHA-256. */
export type SignatureAlgorithm = "rsa-sha256" | "ecdsa-sha256";

/** The algorithm with which the holder of this public key (SubjectPublicKeyInfo) signs. */
export const signatureAlgorithmOf = (spki: Uint8Array): SignatureAlgorithm =>
  keyAlgorithm(spki) === "rsa" ? "rsa-sha256" : "ecdsa-sha256";

/** DER AlgorithmIdentifier: with NULL for RSA (RFC 4055 §5), without parameters for ECDSA (RFC 5758 §3.2). */
export const algorithmIdentifier = (algorithm: SignatureAlgorithm): Uint8Array =>
  algorithm === "rsa-sha256"
    ? sequence(objectIdentifier(oid.sha256WithRSAEncryption), derNull())
    : sequence(objectIdentifier(oid.ecdsaWithSha256));
