import { DecryptCommand, EncryptCommand, type KMSClient } from "@aws-sdk/client-kms";
import type { Open, Seal } from "../certificates/sealing.ts";

/** Seals by KMS itself (≤ 4096 octets); tenant, certificate and part are bound as encryption context. */
export const sealer =
  (client: KMSClient, keyId: string): Seal =>
  async (context, plaintext) => {
    const sealed = await client.send(
      new EncryptCommand({ KeyId: keyId, Plaintext: plaintext, EncryptionContext: { ...context } }),
    );
    if (sealed.CiphertextBlob === undefined) throw new Error("KMS Encrypt gave no ciphertext");
    return sealed.CiphertextBlob;
  };

export const opener =
  (client: KMSClient, keyId: string): Open =>
  async (context, sealed) => {
    const opened = await client.send(
      new DecryptCommand({ KeyId: keyId, CiphertextBlob: sealed, EncryptionContext: { ...context } }),
    );
    if (opened.Plaintext === undefined) throw new Error("KMS Decrypt gave no plaintext");
    return opened.Plaintext;
  };
