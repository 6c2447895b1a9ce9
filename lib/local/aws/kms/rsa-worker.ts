import { constants, createPrivateKey, privateEncrypt, type KeyObject } from "node:crypto";
import { parentPort } from "node:worker_threads";

/** One digest to sign: `key` is PKCS #8 DER. */
export type RsaOrder = {
  readonly id: number;
  readonly keyId: string;
  readonly key: Uint8Array;
  readonly digest: Uint8Array;
};

/** The signature, or why there is none. */
export type RsaAnswer = { readonly id: number; readonly signature?: Uint8Array; readonly failure?: string };

/** DigestInfo of SHA-256 up to the digest (RFC 8017, 9.2 note 1). */
const digestInfo = Buffer.from("3031300d060960864801650304020105000420", "hex");

const keys = new Map<string, KeyObject>();

const sign = ({ keyId, key, digest }: RsaOrder): Buffer => {
  const known = keys.get(keyId) ?? createPrivateKey({ key: Buffer.from(key), format: "der", type: "pkcs8" });
  keys.set(keyId, known);
  const padded = { key: known, padding: constants.RSA_PKCS1_PADDING };
  return privateEncrypt(padded, Buffer.concat([digestInfo, digest]));
};

parentPort?.on("message", (order: RsaOrder) => {
  let answer: RsaAnswer;
  try {
    answer = { id: order.id, signature: sign(order) };
  } catch (failure) {
    answer = { id: order.id, failure: String(failure) };
  }
  parentPort?.postMessage(answer);
});
