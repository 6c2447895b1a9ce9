import {
  DecryptCommand,
  EncryptCommand,
  GetPublicKeyCommand,
  KMSClient,
  type KMSClientConfig,
  SignCommand,
} from "@aws-sdk/client-kms";
import type { Open, Seal } from "../certificates/sealing.ts";
import type { DigestSigner } from "../pki/issuance.ts";
import { clientSettings, oneEndpoint, withoutLogger } from "./client-settings.ts";

export const kms = (config: KMSClientConfig = {}): KMSClient =>
  withoutLogger(new KMSClient({ ...clientSettings(), ...oneEndpoint, ...config }));

/** Signs digests with an RSA key of KMS; the key never leaves it. */
export const digestSigner = (client: KMSClient, keyId: string): DigestSigner => ({
  algorithm: "rsa-sha256",
  sign: async (digest) => {
    const { Signature } = await client.send(
      new SignCommand({
        KeyId: keyId,
        Message: digest,
        MessageType: "DIGEST",
        SigningAlgorithm: "RSASSA_PKCS1_V1_5_SHA_256",
      }),
    );
    return given(Signature);
  },
});

/** The key's SubjectPublicKeyInfo, DER. */
export const publicKey = async (client: KMSClient, keyId: string): Promise<Uint8Array> =>
  given((await client.send(new GetPublicKeyCommand({ KeyId: keyId }))).PublicKey);

/** Seals by KMS itself (≤ 4096 octets); tenant, certificate and part are bound as encryption context. */
export const sealer =
  (client: KMSClient, keyId: string): Seal =>
  async (context, plaintext) => {
    const sealing = { KeyId: keyId, Plaintext: plaintext, EncryptionContext: { ...context } };
    return given((await client.send(new EncryptCommand(sealing))).CiphertextBlob);
  };

export const opener =
  (client: KMSClient, keyId: string): Open =>
  async (_, context, sealed) => {
    const opening = { KeyId: keyId, CiphertextBlob: sealed, EncryptionContext: { ...context } };
    return given((await client.send(new DecryptCommand(opening))).Plaintext);
  };

/** KMS answers with what was asked for; the SDK's types allow that it does not. */
function given(octets: Uint8Array | undefined): Uint8Array {
  if (octets === undefined) throw new Error("KMS answered without octets");
  return octets;
}
