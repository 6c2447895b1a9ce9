import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../protocol.ts";

/** A stored object version. `version` is 'null' in a bucket without versioning; `file` is '' for a delete marker. */
export type ObjectRow = {
  readonly id: number;
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
  readonly latest: number;
  readonly marker: number;
  readonly size: number;
  readonly etag: string;
  /** JSON of the response headers kept with the object (content-type …, x-amz-meta-*). */
  readonly headers: string;
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly modified_at: number;
};

/** A bucket; the three configurations are the XML that was put, '' for none. */
export type BucketRow = {
  readonly name: string;
  readonly created_at: number;
  readonly versioning: "" | "Enabled" | "Suspended";
  readonly cors: string;
  readonly notification: string;
  readonly lifecycle: string;
};

/** The configurations of a bucket. */
export type BucketSetting = "versioning" | "cors" | "notification" | "lifecycle";

/** Buckets and the metadata of objects; every change is one statement, grouped by the caller into transactions. */
export type ObjectStore = ReturnType<typeof openObjectStore>;

const schema = `
create table if not exists buckets (name text primary key, created_at integer not null, versioning text not null default '',
  cors text not null default '', notification text not null default '', lifecycle text not null default '');
create table if not exists objects (id integer primary key autoincrement, bucket text not null references buckets (name),
  key text not null, version text not null, latest integer not null, marker integer not null, size integer not null,
  etag text not null, headers text not null, file text not null, modified_at integer not null,
  unique (bucket, key, version));
create unique index if not exists latest_objects on objects (bucket, key) where latest = 1;
create index if not exists objects_by_age on objects (bucket, modified_at);
create table if not exists uploads (id text primary key, bucket text not null, key text not null, headers text not null,
  started_at integer not null);
create table if not exists parts (upload text not null references uploads (id), number integer not null,
  size integer not null, etag text not null, file text not null, primary key (upload, number));
`;

/** Opens the tables. */
export const openObjectStore = (database: DatabaseSync) => {
  database.exec(schema);
  const columns = "bucket, key, version, latest, marker, size, etag, headers, file, modified_at";
  const insert = database.prepare(`insert into objects (${columns}) values (?, ?, ?, 1, ?, ?, ?, ?, ?, ?)`);
  const latest = database.prepare("select * from objects where bucket = ? and key = ? and latest = 1");
  const version = database.prepare("select * from objects where bucket = ? and key = ? and version = ?");
  const demote = database.prepare("update objects set latest = 0 where bucket = ? and key = ? and latest = 1");
  const drop = database.prepare("delete from objects where id = ?");
  const list = database.prepare(
    "select * from objects where bucket = ? and key >= ? and latest = 1 and marker = 0 order by key limit ?",
  );
  const older = database.prepare(
    `select key from objects where bucket = ? and modified_at < ? and latest = 1 and marker = 0
     and substr(key, 1, length(?)) = ?`,
  );
  // A version is noncurrent from the time of its successor.
  const replaced = database.prepare(
    `select * from objects as former where bucket = ? and latest = 0 and substr(key, 1, length(?)) = ?
     and (select min(modified_at) from objects as next
          where next.bucket = former.bucket and next.key = former.key and next.id > former.id) < ?`,
  );
  const bucket = database.prepare("select * from buckets where name = ?");
  const buckets = database.prepare("select * from buckets order by name");
  const addBucket = database.prepare("insert or ignore into buckets (name, created_at) values (?, ?)");
  const settings = {
    versioning: database.prepare("update buckets set versioning = ? where name = ?"),
    cors: database.prepare("update buckets set cors = ? where name = ?"),
    notification: database.prepare("update buckets set notification = ? where name = ?"),
    lifecycle: database.prepare("update buckets set lifecycle = ? where name = ?"),
  } satisfies Record<BucketSetting, unknown>;
  const files = database.prepare("select file from objects where file <> '' union all select file from parts");

  return {
    /** False if it exists. */
    addBucket: (name: string): boolean => addBucket.run(name, Date.now()).changes === 1,
    buckets: () => buckets.all() as BucketRow[],
    findBucket: (name: string) => bucket.get(name) as BucketRow | undefined,
    /** Throws NoSuchBucket. */
    bucket: (name: string): BucketRow => {
      const row = bucket.get(name) as BucketRow | undefined;
      if (row === undefined) throw new AwsError("NoSuchBucket", `The bucket ${name} does not exist.`, 404);
      return row;
    },
    set: (name: string, setting: BucketSetting, value: string): void => {
      settings[setting].run(value, name);
    },
    latest: (name: string, key: string) => latest.get(name, key) as ObjectRow | undefined,
    version: (name: string, key: string, id: string) => version.get(name, key, id) as ObjectRow | undefined,
    /** Inserts the latest version; the former one must be demoted or dropped before. */
    insert: (row: Omit<ObjectRow, "id" | "latest">): void => {
      const { bucket: name, key, version: id, marker, size, etag, headers, file, modified_at } = row;
      insert.run(name, key, id, marker, size, etag, headers, file, modified_at);
    },
    demote: (name: string, key: string): void => {
      demote.run(name, key);
    },
    drop: (id: number): void => {
      drop.run(id);
    },
    /** Live objects from the key `start` on, in the order of their UTF-8 bytes. */
    list: (name: string, start: string, most: number) => list.all(name, start, most) as ObjectRow[],
    /** Keys of live objects last written before `instant` (milliseconds since 1970). */
    olderThan: (name: string, instant: number, prefix: string) =>
      older.all(name, instant, prefix, prefix) as { key: string }[],
    /** Versions that were replaced before `instant`. */
    replacedBefore: (name: string, instant: number, prefix: string) =>
      replaced.all(name, prefix, prefix, instant) as ObjectRow[],
    /** Every file that some row needs. */
    files: (): ReadonlySet<string> => new Set((files.all() as { file: string }[]).map(({ file }) => file)),
  };
};
