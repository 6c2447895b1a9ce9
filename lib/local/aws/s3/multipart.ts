import { createHash, randomUUID } from "node:crypto";
import { AwsError } from "../protocol.ts";
import { childrenOf, parseXml, textOf, xmlDocument } from "../xml.ts";
import { readBody } from "../http.ts";
import { writeBody } from "./body.ts";
import { conditionOf, putVersion } from "./changing.ts";
import type { Contents } from "./content.ts";
import { namespace, xmlReply, type Call, type ObjectOperation } from "./context.ts";
import { headerNames, headersToKeep } from "./objects.ts";
import type { PartRow } from "./upload-store.ts";

/** Every part but the last has at least this many bytes. */
const smallestPart = 5 * 1024 * 1024;

/** CreateMultipartUpload. */
export const createUpload: ObjectOperation = ({ store, uploads, now }, call) => {
  const { bucket, key } = call;
  store.bucket(bucket);
  const id = randomUUID();
  uploads.add({ id, bucket, key, headers: headersToKeep(headerNames(call), call.header), started_at: now() });
  return xmlReply(xmlDocument("InitiateMultipartUploadResult", namespace, { Bucket: bucket, Key: key, UploadId: id }));
};

/** UploadPart. */
export const uploadPart: ObjectOperation = async ({ uploads, contents }, call) => {
  const upload = call.query.get("uploadId") ?? "";
  uploads.get(upload, call.bucket, call.key);
  const number = Number(call.query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw new AwsError("InvalidArgument", "partNumber is 1 to 10000.");
  }
  const written = await writeBody(contents, call);
  call.count({ bytes: written.size });
  const replaced = uploads.putPart({ upload, number, ...written });
  if (replaced !== undefined) await contents.remove([replaced]);
  return { status: 200, headers: { etag: `"${written.etag}"` } };
};

async function* concatenate(contents: Contents, parts: readonly PartRow[]): AsyncGenerator<Buffer> {
  for (const { file, size } of parts) {
    const octets = await contents.read(file, { start: 0, length: size });
    if (Buffer.isBuffer(octets)) yield octets;
    else yield* octets as AsyncIterable<Buffer>;
  }
}

const chosenParts = async ({ request }: Call, uploaded: readonly PartRow[]): Promise<readonly PartRow[]> => {
  const document = parseXml((await readBody(request, 2 * 1024 * 1024)).toString());
  const listed = document === undefined ? [] : childrenOf(document, "Part");
  if (listed.length === 0) throw new AwsError("MalformedXML", "The list of parts is empty or no XML.");
  const chosen = listed.map((listedPart) => {
    const number = Number(textOf(listedPart, "PartNumber"));
    const etag = textOf(listedPart, "ETag")?.replaceAll('"', "");
    const part = uploaded.find((one) => one.number === number && one.etag === etag);
    if (part === undefined) throw new AwsError("InvalidPart", `Part ${number} was not uploaded with this ETag.`);
    return part;
  });
  if (chosen.some((part, index) => index > 0 && part.number <= (chosen[index - 1]?.number ?? 0))) {
    throw new AwsError("InvalidPartOrder", "The parts are not in ascending order.");
  }
  if (chosen.slice(0, -1).some(({ size }) => size < smallestPart)) {
    throw new AwsError("EntityTooSmall", `Every part but the last has at least ${smallestPart} bytes.`);
  }
  return chosen;
};

/** CompleteMultipartUpload: the ETag is the MD5 of the parts' MD5s, a hyphen and their number. */
export const completeUpload: ObjectOperation = async (s3, call) => {
  const { bucket, key } = call;
  const { id, headers } = s3.uploads.get(call.query.get("uploadId") ?? "", bucket, key);
  const parts = await chosenParts(call, s3.uploads.parts(id));
  const whole = await s3.contents.write(bucket, concatenate(s3.contents, parts), {}, Number.POSITIVE_INFINITY);
  const md5s = Buffer.concat(parts.map((part) => Buffer.from(part.etag, "hex")));
  const etag = `${createHash("md5").update(md5s).digest("hex")}-${parts.length}`;
  const { version } = await putVersion(s3, {
    bucket,
    key,
    headers,
    written: { ...whole, etag },
    event: "ObjectCreated:CompleteMultipartUpload",
    condition: conditionOf(call),
    also: () => s3.uploads.drop(id),
  });
  const content = { Location: `/${bucket}/${key}`, Bucket: bucket, Key: key, ETag: `"${etag}"` };
  const reply = xmlReply(xmlDocument("CompleteMultipartUploadResult", namespace, content));
  return version === "null" ? reply : { ...reply, headers: { ...reply.headers, "x-amz-version-id": version } };
};

/** AbortMultipartUpload. */
export const abortUpload: ObjectOperation = async ({ uploads, contents, atomically }, { bucket, key, query }) => {
  const { id } = uploads.get(query.get("uploadId") ?? "", bucket, key);
  await contents.remove(atomically(() => uploads.drop(id)));
  return { status: 204, headers: {} };
};
