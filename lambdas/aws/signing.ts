import type { DigestSigner } from "../pki/issuance.ts";
import type { Kms } from "./wire/kms.ts";

/** Signs digests with an RSA key of KMS; the key never leaves it. */
export const digestSigner = (client: Kms, keyId: string): DigestSigner => ({
  algorithm: "rsa-sha256",
  sign: (digest) =>
    client.sign({
      KeyId: keyId,
      Message: digest,
      MessageType: "DIGEST",
      SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256",
    }),
});

/** The key's SubjectPublicKeyInfo, DER. */
export const publicKey = (client: Kms, keyId: string): Promise<Uint8Array> => client.publicKey({ KeyId: keyId });
