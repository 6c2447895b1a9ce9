import type { Open, Seal } from "../certificates/sealing.ts";
import type { Kms } from "./wire/kms.ts";

/** Seals by KMS itself (≤ 4096 octets); tenant, certificate and part are bound as encryption context. */
export const sealer =
  (client: Kms, keyId: string): Seal =>
  (context, plaintext) =>
    client.encrypt({ KeyId: keyId, Plaintext: plaintext, EncryptionContext: { ...context } });

export const opener =
  (client: Kms, keyId: string): Open =>
  (context, sealed) =>
    client.decrypt({ KeyId: keyId, CiphertextBlob: sealed, EncryptionContext: { ...context } });
