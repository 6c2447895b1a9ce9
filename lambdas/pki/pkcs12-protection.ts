/** Encryption and integrity of PKCS #12: RFC 7292 appendix B for the old key derivation, RFC 8018 for PBES2. */
import { createCipheriv, hash as hashOnce, pbkdf2, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { derNull, integer, objectIdentifier, octetString, sequence } from "./der.ts";
import { oid } from "./oids.ts";

/** An AlgorithmIdentifier in DER and what was encrypted under it. */
export type Encrypted = { readonly algorithm: Uint8Array; readonly content: Uint8Array };

/** The passwords have 80 random bits or more, so the count adds no protection; it is what readers expect and accept. */
const ITERATIONS = 2048;
/** Some readers of the legacy form accept no other length. */
const LEGACY_SALT_OCTETS = 8;

const pbkdf2OnPool = promisify(pbkdf2);

/** PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA256 (RFC 8018 §6.2). */
export async function encryptModern(plain: Uint8Array, password: string): Promise<Encrypted> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const key = await pbkdf2OnPool(password, salt, ITERATIONS, 32, "sha256");
  const prf = sequence(objectIdentifier(oid.hmacWithSha256), derNull());
  const kdf = sequence(objectIdentifier(oid.pbkdf2), sequence(octetString(salt), integer(ITERATIONS), prf));
  const cipher = sequence(objectIdentifier(oid.aes256Cbc), octetString(iv));
  return {
    algorithm: sequence(objectIdentifier(oid.pbes2), sequence(kdf, cipher)),
    content: encrypt("aes-256-cbc", key, iv, plain),
  };
}

/** pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 appendix C). Asynchronous only to be of the same shape as the modern form. */
export function encryptLegacy(plain: Uint8Array, password: string): Promise<Encrypted> {
  const salt = randomBytes(LEGACY_SALT_OCTETS);
  const key = derive("sha1", password, salt, PURPOSE.key, 24);
  const iv = derive("sha1", password, salt, PURPOSE.iv, 8);
  const algorithm = sequence(objectIdentifier(oid.pbeSha1TripleDes), sequence(octetString(salt), integer(ITERATIONS)));
  return Promise.resolve({ algorithm, content: encrypt("des-ede3-cbc", key, iv, plain) });
}

function encrypt(cipherName: string, key: Uint8Array, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const cipher = createCipheriv(cipherName, key, iv);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

/** Key, salt and DER AlgorithmIdentifier for the MAC over the authenticated safe. */
export function macOf(hash: "sha1" | "sha256", password: string) {
  const salt = randomBytes(hash === "sha1" ? LEGACY_SALT_OCTETS : 16);
  const size = HASHES[hash].octets;
  return {
    salt,
    iterations: ITERATIONS,
    key: derive(hash, password, salt, PURPOSE.mac, size),
    digestAlgorithm: sequence(objectIdentifier(oid[hash]), derNull()),
  };
}

/** The ID octet of RFC 7292 appendix B.3. */
const PURPOSE = { key: 1, iv: 2, mac: 3 } as const;
/** Block and output size in octets: v and u of appendix B.2. */
const HASHES = { sha1: { block: 64, octets: 20 }, sha256: { block: 64, octets: 32 } } as const;

/** The key derivation of RFC 7292 appendix B.2. */
function derive(
  hash: "sha1" | "sha256",
  password: string,
  salt: Uint8Array,
  purpose: 1 | 2 | 3,
  octets: number,
): Uint8Array {
  const { block, octets: size } = HASHES[hash];
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([repeated(salt, block), repeated(bmpPassword(password), block)]);
  const blocks: Buffer[] = [];
  for (let made = 0; made < octets; made += size) {
    let digest = hashOnce(hash, Buffer.concat([diversifier, input]), "buffer");
    for (let round = 1; round < ITERATIONS; round += 1) digest = hashOnce(hash, digest, "buffer");
    blocks.push(digest);
    if (made + size < octets) addToBlocks(input, repeated(digest, block), block);
  }
  return Buffer.concat(blocks).subarray(0, octets);
}

/** The octets, repeated up to the next multiple of the block. */
function repeated(octets: Uint8Array, block: number): Buffer {
  return Buffer.alloc(Math.ceil(octets.length / block) * block, octets);
}

/** Every block of `input` becomes (block + addend + 1) mod 2^(8·block), big-endian. */
function addToBlocks(input: Buffer, addend: Buffer, block: number): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let index = block - 1; index >= 0; index -= 1) {
      const sum = input.readUInt8(start + index) + addend.readUInt8(index) + carry;
      input.writeUInt8(sum & 0xff, start + index);
      carry = sum >> 8;
    }
  }
}

/** BMPString of the password with two zero octets at its end (appendix B.1). */
const bmpPassword = (password: string): Buffer => Buffer.from(`${password}\0`, "utf16le").swap16();
