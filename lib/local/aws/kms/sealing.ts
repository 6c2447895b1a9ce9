import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AwsError } from "../protocol.ts";
import type { KeyRow } from "./keys.ts";

/** The encryption context of a call. */
export type Context = Readonly<Record<string, string>>;

const version = 1;
const idLength = 16;
const ivLength = 12;
const tagLength = 16;
const headLength = 1 + idLength + ivLength + tagLength;

const authenticated = (context: Context): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))));

const invalid = (): AwsError =>
  new AwsError(
    "InvalidCiphertextException",
    "The ciphertext, its key and its encryption context do not belong together.",
  );

/** AES-256-GCM with the encryption context as additional data: version, key id, IV, tag, ciphertext. */
export const seal = (key: KeyRow, plaintext: Uint8Array, context: Context): Buffer => {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv("aes-256-gcm", key.material, iv).setAAD(authenticated(context));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const id = Buffer.from(key.id.replaceAll("-", ""), "hex");
  return Buffer.concat([Buffer.of(version), id, iv, cipher.getAuthTag(), sealed]);
};

/** The id of the key that sealed `blob`; throws InvalidCiphertextException for anything else. */
export const sealedBy = (blob: Buffer): string => {
  if (blob.length < headLength || blob[0] !== version) throw invalid();
  const hex = blob.subarray(1, 1 + idLength).toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

/** Opens what `seal` made; throws InvalidCiphertextException if the key, the context or a bit differs. */
export const unseal = (key: KeyRow, blob: Buffer, context: Context): Buffer => {
  const iv = blob.subarray(1 + idLength, 1 + idLength + ivLength);
  const tag = blob.subarray(1 + idLength + ivLength, headLength);
  const decipher = createDecipheriv("aes-256-gcm", key.material, iv, { authTagLength: tagLength });
  decipher.setAAD(authenticated(context)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(blob.subarray(headLength)), decipher.final()]);
  } catch {
    throw invalid();
  }
};
