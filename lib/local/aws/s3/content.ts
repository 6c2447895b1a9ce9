import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { AwsError } from "../protocol.ts";

/** A written file that no row refers to yet. `etag` is the hex MD5. */
export type Written = { readonly file: string; readonly size: number; readonly etag: string };

/** Hashes to compute while writing. */
export type Hashes = Readonly<Record<string, { update(chunk: Uint8Array): unknown }>>;

/** The contents of objects: files with random names, in 256 folders. Files without a row are removed at opening. */
export type Contents = {
  /** Writes a stream; throws EntityTooLarge past `limit` bytes and leaves no file when anything fails. */
  write(source: AsyncIterable<Uint8Array>, hashes?: Hashes, limit?: number): Promise<Written>;
  open(file: string): Promise<FileHandle>;
  remove(files: readonly string[]): Promise<void>;
};

/** The largest object S3 takes in one request. */
const singleLimit = 5 * 1024 ** 3;

/** Opens the files under `directory` and removes those that are not in `needed`. */
export const openContents = (directory: string, needed: ReadonlySet<string>): Contents => {
  for (let folder = 0; folder < 256; folder += 1) {
    const name = folder.toString(16).padStart(2, "0");
    mkdirSync(join(directory, name), { recursive: true, mode: 0o700 });
    for (const file of readdirSync(join(directory, name))) {
      if (!needed.has(`${name}/${file}`)) rmSync(join(directory, name, file));
    }
  }

  const write: Contents["write"] = async (source, hashes = {}, limit = singleLimit) => {
    const id = randomUUID();
    const file = `${id.slice(0, 2)}/${id}`;
    const md5 = createHash("md5");
    const handle = await open(join(directory, file), "wx", 0o600);
    let size = 0;
    try {
      for await (const chunk of source) {
        size += chunk.length;
        if (size > limit) {
          throw new AwsError("EntityTooLarge", `The upload has more than the ${limit} bytes allowed.`);
        }
        md5.update(chunk);
        for (const hash of Object.values(hashes)) hash.update(chunk);
        await handle.write(chunk);
      }
      await handle.close();
    } catch (failure) {
      await handle.close().catch(() => undefined);
      await rm(join(directory, file), { force: true });
      throw failure;
    }
    return { file, size, etag: md5.digest("hex") };
  };

  return {
    write,
    open: async (file) => open(join(directory, file), "r"),
    remove: async (files) => {
      await Promise.all(files.map(async (file) => rm(join(directory, file), { force: true })));
    },
  };
};
