import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../protocol.ts";

/** A running multipart upload. */
export type UploadRow = {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: string;
  readonly started_at: number;
};

/** One uploaded part. */
export type PartRow = {
  readonly upload: string;
  readonly number: number;
  readonly size: number;
  readonly etag: string;
  readonly file: string;
};

/** Multipart uploads; the tables are those of the object store, which must be opened first. */
export type UploadStore = ReturnType<typeof openUploadStore>;

/** Prepares the statements. */
export const openUploadStore = (database: DatabaseSync) => {
  const add = database.prepare("insert into uploads (id, bucket, key, headers, started_at) values (?, ?, ?, ?, ?)");
  const find = database.prepare("select * from uploads where id = ? and bucket = ? and key = ?");
  const older = database.prepare("select * from uploads where bucket = ? and started_at < ?");
  const parts = database.prepare("select * from parts where upload = ? order by number");
  const part = database.prepare("select file from parts where upload = ? and number = ?");
  const putPart = database.prepare(
    "insert or replace into parts (upload, number, size, etag, file) values (?, ?, ?, ?, ?)",
  );
  const dropParts = database.prepare("delete from parts where upload = ?");
  const drop = database.prepare("delete from uploads where id = ?");
  return {
    add: ({ id, bucket, key, headers, started_at }: UploadRow): void => {
      add.run(id, bucket, key, headers, started_at);
    },
    /** Throws NoSuchUpload. */
    get: (id: string, bucket: string, key: string): UploadRow => {
      const row = find.get(id, bucket, key) as UploadRow | undefined;
      if (row === undefined)
        throw new AwsError("NoSuchUpload", "The upload was completed, aborted or never begun.", 404);
      return row;
    },
    olderThan: (bucket: string, instant: number) => older.all(bucket, instant) as UploadRow[],
    parts: (upload: string) => parts.all(upload) as PartRow[],
    /** The file of the part that this one replaces. */
    putPart: ({ upload, number, size, etag, file }: PartRow): string | undefined => {
      const replaced = part.get(upload, number) as { file: string } | undefined;
      putPart.run(upload, number, size, etag, file);
      return replaced?.file;
    },
    /** Deletes an upload; the caller removes the files of its parts. */
    drop: (upload: string): readonly string[] => {
      const files = (parts.all(upload) as PartRow[]).map(({ file }) => file);
      dropParts.run(upload);
      drop.run(upload);
      return files;
    },
  };
};
