import { createHash, randomBytes, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { AwsError } from "../protocol.ts";
import type { Encryption } from "./encryption.ts";

/** A written file that no row refers to yet. `md5` is hex; so is `etag`, which is no MD5 of what SSE-KMS encrypts. */
export type Written = { readonly file: string; readonly size: number; readonly md5: string; readonly etag: string };

/** Octets of a file. */
export type Span = { readonly start: number; readonly length: number };

/** Hashes to compute while writing. */
export type Hashes = Readonly<Record<string, { update(chunk: Uint8Array): unknown }>>;

/** The contents of objects: files with random names, in 256 folders. Files without a row are removed at opening. */
export type Contents = {
  /**
   * Writes a stream, encrypted where the bucket's files are; throws EntityTooLarge past `limit` bytes and leaves no file
   * when anything fails.
   */
  write(bucket: string, source: AsyncIterable<Uint8Array>, hashes?: Hashes, limit?: number): Promise<Written>;
  /** In clear: a few octets in one piece, more of them streamed. */
  read(file: string, span: Span): Promise<Buffer | Readable>;
  remove(files: readonly string[]): Promise<void>;
};

/** Octets that are read in one piece. */
const readAtOnce = 1024 * 1024;

/** The largest object S3 takes in one request. */
const singleLimit = 5 * 1024 ** 3;

/** Opens the files under `directory` and removes those that are not in `needed`. */
export const openContents = (directory: string, needed: ReadonlySet<string>, encryption: Encryption): Contents => {
  encryption.forgetAllBut(needed);
  for (let folder = 0; folder < 256; folder += 1) {
    const name = folder.toString(16).padStart(2, "0");
    mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
    for (const file of readdirSync(join(directory, name))) {
      if (!needed.has(`${name}/${file}`)) rmSync(join(directory, name, file));
    }
  }

  const remove: Contents["remove"] = async (files) => {
    await Promise.all(files.map(async (file) => rm(join(directory, file), { force: true })));
    for (const file of files) encryption.forget(file);
  };

  const write: Contents["write"] = async (bucket, source, hashes = {}, limit = singleLimit) => {
    const id = randomUUID();
    const file = `${id.slice(0, 2)}/${id}`;
    const md5 = createHash("md5");
    const handle = await open(join(directory, file), "wx", 0o600);
    const cipher = encryption.cipher(bucket, file);
    let size = 0;
    try {
      for await (const chunk of source) {
        size += chunk.length;
        if (size > limit) {
          throw new AwsError("EntityTooLarge", `The upload has more than the ${limit} bytes allowed.`);
        }
        md5.update(chunk);
        for (const hash of Object.values(hashes)) hash.update(chunk);
        await handle.write(cipher?.update(chunk) ?? chunk);
      }
      await handle.close();
    } catch (failure) {
      await handle.close().catch(() => undefined);
      await remove([file]);
      throw failure;
    }
    const hex = md5.digest("hex");
    return { file, size, md5: hex, etag: cipher === undefined ? hex : randomBytes(16).toString("hex") };
  };

  const read: Contents["read"] = async (file, { start, length }) => {
    const decipher = encryption.decipher(file, start);
    const handle = await open(join(directory, file), "r");
    if (length > readAtOnce) {
      const stored = handle.createReadStream({ start, end: start + length - 1 });
      // What breaks reading breaks the answer, whose reader is told.
      return decipher === undefined ? stored : pipeline(stored, decipher, () => undefined);
    }
    try {
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
      return decipher?.update(buffer) ?? buffer;
    } finally {
      await handle.close();
    }
  };

  return { write, read, remove };
};
