import type {
  DecryptCommandInput,
  EncryptCommandInput,
  GetPublicKeyCommandInput,
  SignCommandInput,
} from "@aws-sdk/client-kms";
import { jsonService } from "./json-service.ts";

/** KMS with octets as Uint8Array. Operations and inputs are AWS's own; each gives the one thing it is asked for. */
export type Kms = {
  /** The ciphertext. */
  encrypt(input: EncryptCommandInput): Promise<Uint8Array>;
  /** The plaintext. */
  decrypt(input: DecryptCommandInput): Promise<Uint8Array>;
  /** The signature. */
  sign(input: SignCommandInput): Promise<Uint8Array>;
  /** The SubjectPublicKeyInfo. */
  publicKey(input: GetPublicKeyCommandInput): Promise<Uint8Array>;
};

const base64 = (octets: Uint8Array | undefined): string =>
  octets === undefined ? "" : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength).toString("base64");

export function kms(environment = process.env): Kms {
  const call = jsonService({ service: "kms", target: "TrentService", version: "1.1" }, environment);
  const ask = async (operation: string, input: object, wanted: string): Promise<Uint8Array> => {
    const found = ((await call(operation, input)) as Readonly<Record<string, unknown>>)[wanted];
    if (typeof found !== "string") throw new Error(`KMS ${operation} gave no ${wanted}`);
    return Uint8Array.from(Buffer.from(found, "base64"));
  };
  return {
    encrypt: (input) => ask("Encrypt", { ...input, Plaintext: base64(input.Plaintext) }, "CiphertextBlob"),
    decrypt: (input) => ask("Decrypt", { ...input, CiphertextBlob: base64(input.CiphertextBlob) }, "Plaintext"),
    sign: (input) => ask("Sign", { ...input, Message: base64(input.Message) }, "Signature"),
    publicKey: (input) => ask("GetPublicKey", input, "PublicKey"),
  };
}
