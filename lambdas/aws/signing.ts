import { GetPublicKeyCommand, type KMSClient, SignCommand } from "@aws-sdk/client-kms";
import type { DigestSigner } from "../pki/issuance.ts";

/** Signs digests with an RSA key of KMS; the key never leaves it. */
export const digestSigner = (client: KMSClient, keyId: string): DigestSigner => ({
  algorithm: "rsa-sha256",
  sign: async (digest) => {
    const signed = await client.send(
      new SignCommand({
        KeyId: keyId,
        Message: digest,
        MessageType: "DIGEST",
        SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256",
      }),
    );
    if (signed.Signature === undefined) throw new Error("KMS Sign gave no signature");
    return signed.Signature;
  },
});

/** The key's SubjectPublicKeyInfo, DER. */
export async function publicKey(client: KMSClient, keyId: string): Promise<Uint8Array> {
  const found = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  if (found.PublicKey === undefined) throw new Error("KMS GetPublicKey gave no key");
  return found.PublicKey;
}
