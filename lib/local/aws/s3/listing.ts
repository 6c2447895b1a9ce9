import { AwsError } from "../protocol.ts";
import { xmlDocument } from "../xml.ts";
import { namespace, xmlReply, type ObjectOperation } from "./context.ts";
import type { ObjectRow, ObjectStore } from "./store.ts";

type Page = {
  readonly objects: readonly ObjectRow[];
  readonly prefixes: readonly string[];
  /** Where the next page begins. */
  readonly next: string | undefined;
};

/** The first key after every key that begins with `prefix`; keys have no code point above it. */
const past = (prefix: string): string => `${prefix}\u{10FFFF}`;

const pageOf = (
  store: ObjectStore,
  bucket: string,
  order: { readonly start: string; readonly prefix: string; readonly delimiter: string; readonly most: number },
): Page => {
  const { prefix, delimiter, most } = order;
  const objects: ObjectRow[] = [];
  const prefixes: string[] = [];
  let start = order.start;
  while (objects.length + prefixes.length <= most) {
    const rows = store.list(bucket, start, most + 1);
    let skipped = false;
    for (const row of rows) {
      if (!row.key.startsWith(prefix)) return { objects, prefixes, next: undefined };
      if (objects.length + prefixes.length === most) return { objects, prefixes, next: row.key };
      const cut = delimiter === "" ? -1 : row.key.indexOf(delimiter, prefix.length);
      if (cut < 0) {
        objects.push(row);
        continue;
      }
      const common = row.key.slice(0, cut + delimiter.length);
      prefixes.push(common);
      start = past(common);
      skipped = true;
      break;
    }
    if (!skipped) return { objects, prefixes, next: undefined };
  }
  return { objects, prefixes, next: undefined };
};

/** ListObjectsV2. */
export const listObjects: ObjectOperation = ({ store }, { bucket, query }) => {
  store.bucket(bucket);
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  const asked = Number(query.get("max-keys") ?? 1000);
  if (!Number.isInteger(asked) || asked < 0) throw new AwsError("InvalidArgument", "max-keys is a number from 0.");
  const most = Math.min(asked, 1000);
  const token = query.get("continuation-token");
  const after = query.get("start-after");
  const begin = token === undefined ? `${after ?? ""}${after ? "\0" : ""}` : Buffer.from(token, "base64url").toString();
  const start = Buffer.compare(Buffer.from(begin), Buffer.from(prefix)) > 0 ? begin : prefix;
  const page = most === 0 ? undefined : pageOf(store, bucket, { start, prefix, delimiter, most });
  const shown = (key: string): string => (query.get("encoding-type") === "url" ? encodeURIComponent(key) : key);
  const { objects = [], prefixes = [], next } = page ?? {};
  return xmlReply(
    xmlDocument("ListBucketResult", namespace, {
      Name: bucket,
      Prefix: shown(prefix),
      Delimiter: delimiter === "" ? undefined : shown(delimiter),
      EncodingType: query.get("encoding-type"),
      MaxKeys: most,
      KeyCount: objects.length + prefixes.length,
      IsTruncated: next !== undefined,
      ContinuationToken: token,
      NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString("base64url"),
      StartAfter: after,
      Contents: objects.map(({ key, modified_at, etag, size }) => ({
        Key: shown(key),
        LastModified: new Date(modified_at).toISOString(),
        ETag: `"${etag}"`,
        Size: size,
        StorageClass: "STANDARD",
      })),
      CommonPrefixes: prefixes.map((common) => ({ Prefix: shown(common) })),
    }),
  );
};
