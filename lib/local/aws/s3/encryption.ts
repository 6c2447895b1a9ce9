import { createCipheriv, createDecipheriv, randomBytes, type Cipheriv, type Decipheriv } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { DataKeys } from "../kms/data-keys.ts";

/** What is encrypted of the buckets' files, and by which keys: SSE-KMS as a bucket's default, with a bucket key. */
export type Encryption = ReturnType<typeof openEncryption>;

const schema = `
create table if not exists bucket_keys (bucket text primary key references buckets (name), key text not null);
create table if not exists sealed_files (file text primary key, bucket text not null, key text not null,
  data_key blob not null, counter blob not null);
`;

type SealedFile = {
  readonly bucket: string;
  readonly key: string;
  readonly data_key: Uint8Array;
  readonly counter: Uint8Array;
};

const block = 16;

/** The counter of AES-CTR so many blocks further on. */
const counterAt = (first: Uint8Array, blocks: number): Buffer => {
  const value = (BigInt(`0x${Buffer.from(first).toString("hex")}`) + BigInt(blocks)) & ((1n << 128n) - 1n);
  return Buffer.from(value.toString(16).padStart(2 * block, "0"), "hex");
};

/** With a bucket key, KMS binds data keys to the bucket, not to the object. */
export const encryptionContext = (bucket: string) => ({ "aws:s3:arn": `arn:aws:s3:::${bucket}` });

/** Opens the tables; those of the object store must be opened before. */
export const openEncryption = (database: DatabaseSync, keys: DataKeys) => {
  database.exec(schema);
  const setKey = database.prepare("insert or replace into bucket_keys (bucket, key) values (?, ?)");
  const keyOf = database.prepare("select key from bucket_keys where bucket = ?");
  const add = database.prepare(
    "insert into sealed_files (file, bucket, key, data_key, counter) values (?, ?, ?, ?, ?)",
  );
  const find = database.prepare("select * from sealed_files where file = ?");
  const forget = database.prepare("delete from sealed_files where file = ?");
  const all = database.prepare("select file from sealed_files");
  const sealedFile = (file: string) => find.get(file) as SealedFile | undefined;
  const keyOfBucket = (bucket: string) => (keyOf.get(bucket) as { key: string } | undefined)?.key;
  return {
    /** Encrypts what is written from now on. Throws NotFoundException. */
    setKey: (bucket: string, key: string): void => {
      setKey.run(bucket, keys.arn(key));
    },
    /** The ARN of the key by which what is written there is encrypted. */
    keyOfBucket,
    /** The ARN of the key by which a file is encrypted; undefined when it is not. */
    keyOfFile: (file: string): string | undefined => sealedFile(file)?.key,
    /** Encrypts a new file under a data key of its own; undefined where the bucket's files are not encrypted. */
    cipher: (bucket: string, file: string): Cipheriv | undefined => {
      const key = keyOfBucket(bucket);
      if (key === undefined) return undefined;
      const { plain, sealed } = keys.make(key, encryptionContext(bucket));
      const counter = randomBytes(block);
      add.run(file, bucket, key, sealed, counter);
      return createCipheriv("aes-256-ctr", plain, counter);
    },
    /** Decrypts a file from that octet on; undefined when it is not encrypted. */
    decipher: (file: string, start: number): Decipheriv | undefined => {
      const sealed = sealedFile(file);
      if (sealed === undefined) return undefined;
      const plain = keys.open(sealed.data_key, encryptionContext(sealed.bucket));
      const counter = counterAt(sealed.counter, Math.floor(start / block));
      const decipher = createDecipheriv("aes-256-ctr", plain, counter);
      decipher.update(Buffer.alloc(start % block));
      return decipher;
    },
    /** Without its data key a file is lost. */
    forget: (file: string): void => {
      forget.run(file);
    },
    forgetAllBut: (needed: ReadonlySet<string>): void => {
      for (const { file } of all.all() as { file: string }[]) if (!needed.has(file)) forget.run(file);
    },
  };
};
