import { createECDH, type JsonWebKey } from "node:crypto";

/** Order of the base point of P-256 (SEC 2, secp256r1). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString("hex")}`);

const inverse = (value: bigint): bigint => {
  let [a, b, x, y] = [value % order, order, 1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % order) + order) % order;
};

/** One INTEGER of the DER, with the leading zero that keeps it positive. */
const integer = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  const signed = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  return Buffer.concat([Buffer.of(2, signed.length), signed]);
};

/**
 * ECDSA over P-256 of a given digest, in the DER that KMS returns (FIPS 186-5, 6.4.1). Node signs only
 * what it hashes itself, so the ephemeral point comes from ECDH, and the rest is two products modulo the order.
 */
export const signDigestP256 = (key: JsonWebKey, digest: Uint8Array): Buffer => {
  const secret = toNumber(Buffer.from(String(key["d"]), "base64url"));
  for (;;) {
    const ephemeral = createECDH("prime256v1");
    const point = ephemeral.generateKeys();
    const r = toNumber(point.subarray(1, 33)) % order;
    const s = (inverse(toNumber(ephemeral.getPrivateKey())) * (toNumber(digest) + r * secret)) % order;
    if (r === 0n || s === 0n) continue;
    const [left, right] = [integer(r), integer(s)];
    return Buffer.concat([Buffer.of(0x30, left.length + right.length), left, right]);
  }
};
