import type { Reply } from "../http.ts";
import { AwsError } from "../protocol.ts";
import { writeBody } from "./body.ts";
import { conditionOf, deleteLatest, putVersion } from "./changing.ts";
import type { Span } from "./content.ts";
import type { Call, S3Context, ObjectOperation } from "./context.ts";
import type { Encryption } from "./encryption.ts";
import type { ObjectRow } from "./store.ts";

const kept = [
  "content-type",
  "content-encoding",
  "cache-control",
  "content-disposition",
  "content-language",
  "expires",
];

/** Headers of a write that are not supported here; ignoring them would change its meaning. */
const refused = /^x-amz-(copy-source|tagging|acl|grant-|object-lock-|server-side-encryption|website-redirect-location)/;

/** `aws-chunked` is the encoding of the upload, not of the object. */
const storedEncoding = (encoding: string | undefined): string | undefined =>
  encoding
    ?.split(/, */)
    .filter((one) => one !== "aws-chunked")
    .join(",");

/** The headers to keep with an object, as JSON; throws 501 for those that are not supported here. */
export const headersToKeep = (names: readonly string[], value: (name: string) => string | undefined): string => {
  const strange = names.find((name) => refused.test(name));
  if (strange !== undefined) throw new AwsError("NotImplemented", `${strange} is not served on this machine.`, 501);
  const headers: Record<string, string> = { "content-type": "binary/octet-stream" };
  for (const name of [...kept, ...names.filter((one) => one.startsWith("x-amz-meta-"))]) {
    const found = name === "content-encoding" ? storedEncoding(value(name)) : value(name);
    if (found) headers[name] = found;
  }
  return JSON.stringify(headers);
};

/** Every header and hoisted parameter of a call, in lower case. */
export const headerNames = ({ request, query }: Call): readonly string[] => [
  ...new Set([...Object.keys(request.headers), ...[...query.keys()].map((name) => name.toLowerCase())]),
];

/** What SSE-KMS says of itself; nothing where there is none. */
const encryptionHeaders = (key: ReturnType<Encryption["keyOfFile"]>): Record<string, string> =>
  key === undefined
    ? {}
    : {
        "x-amz-server-side-encryption": "aws:kms",
        "x-amz-server-side-encryption-aws-kms-key-id": key,
        "x-amz-server-side-encryption-bucket-key-enabled": "true",
      };

const versionHeader = (version: string): Record<string, string> =>
  version === "null" ? {} : { "x-amz-version-id": version };

const find = ({ store }: S3Context, { bucket, key, query }: Call): ObjectRow => {
  store.bucket(bucket);
  const version = query.get("versionId");
  const row = version === undefined ? store.latest(bucket, key) : store.version(bucket, key, version);
  if (row !== undefined && row.marker === 0) return row;
  if (row !== undefined && version !== undefined) {
    throw new AwsError("MethodNotAllowed", "The version is a delete marker.", 405);
  }
  if (version !== undefined) throw new AwsError("NoSuchVersion", "The version does not exist.", 404);
  throw new AwsError("NoSuchKey", `The key ${key} does not exist.`, 404);
};

const answerHeaders = ({ query }: Call, row: ObjectRow): Record<string, string | number> => {
  const headers: Record<string, string | number> = {
    ...(JSON.parse(row.headers) as Record<string, string>),
    etag: `"${row.etag}"`,
    "last-modified": new Date(row.modified_at).toUTCString(),
    "accept-ranges": "bytes",
    ...versionHeader(row.version),
  };
  for (const name of kept) {
    const value = query.get(`response-${name}`);
    if (value !== undefined) headers[name] = value;
  }
  return headers;
};

const unchanged = ({ header }: Call, row: ObjectRow): boolean => {
  const names = (value: string): readonly string[] => value.split(",").map((tag) => tag.trim().replace(/^W\/|"/g, ""));
  const match = header("if-match");
  if (match !== undefined && match !== "*" && !names(match).includes(row.etag)) {
    throw new AwsError("PreconditionFailed", "At least one of the preconditions did not hold.", 412);
  }
  const none = header("if-none-match");
  if (none !== undefined) return none === "*" || names(none).includes(row.etag);
  const since = Date.parse(header("if-modified-since") ?? "");
  return !Number.isNaN(since) && Math.floor(row.modified_at / 1000) * 1000 <= since;
};

const spanOf = (range: string | undefined, size: number): Span & { readonly partial: boolean } => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === "" && last === "") return { start: 0, length: size, partial: false };
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size || end < start) {
    throw new AwsError("InvalidRange", "The requested range is not satisfiable.", 416);
  }
  return { start, length: end - start + 1, partial: true };
};

const answer = async (s3: S3Context, call: Call, withBody: boolean): Promise<Reply> => {
  const row = find(s3, call);
  const headers = { ...answerHeaders(call, row), ...encryptionHeaders(s3.encryption.keyOfFile(row.file)) };
  if (unchanged(call, row)) return { status: 304, headers };
  const span = spanOf(call.header("range"), row.size);
  const range = `bytes ${span.start}-${span.start + span.length - 1}/${row.size}`;
  const sized = { ...headers, "content-length": span.length, ...(span.partial && { "content-range": range }) };
  const status = span.partial ? 206 : 200;
  if (!withBody) return { status, headers: sized };
  call.count({ bytes: span.length });
  return { status, headers: sized, body: await s3.contents.read(row.file, span) };
};

/** GetObject: ranges, conditions, `response-*` overrides, versions. */
export const getObject: ObjectOperation = async (s3, call) => answer(s3, call, true);

/** HeadObject. */
export const headObject: ObjectOperation = async (s3, call) => answer(s3, call, false);

/** PutObject, conditional or not. */
export const putObject: ObjectOperation = async (s3, call) => {
  const { bucket, key } = call;
  s3.store.bucket(bucket);
  if (Buffer.byteLength(key) > 1024) throw new AwsError("KeyTooLongError", "A key has at most 1024 bytes.");
  const headers = headersToKeep(headerNames(call), call.header);
  const written = await writeBody(s3.contents, call);
  call.count({ bytes: written.size });
  const event = "ObjectCreated:Put";
  const put = { bucket, key, headers, written, event, condition: conditionOf(call) };
  const { version } = await putVersion(s3, put);
  return {
    status: 200,
    headers: {
      etag: `"${written.etag}"`,
      ...versionHeader(version),
      ...encryptionHeaders(s3.encryption.keyOfFile(written.file)),
    },
  };
};

/** DeleteObject, of the latest version: deleting what is not there succeeds, as with S3. */
export const deleteObject: ObjectOperation = async (s3, { bucket, key, query }) => {
  if (query.has("versionId"))
    throw new AwsError("NotImplemented", "Deleting a version is not served on this machine.", 501);
  s3.store.bucket(bucket);
  if (s3.store.latest(bucket, key)?.marker === 0) await deleteLatest(s3, bucket, key, "ObjectRemoved");
  return { status: 204, headers: {} };
};
