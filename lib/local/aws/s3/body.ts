import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { crc32 } from "node:zlib";
import { chunksOf } from "../http.ts";
import { AwsError } from "../protocol.ts";
import { decodeChunked } from "./chunked.ts";
import type { Contents, Written } from "./content.ts";

/** What the request says of its body: `payload` is the signed x-amz-content-sha256; `header` reads a signed header. */
export type Declared = {
  readonly request: IncomingMessage;
  readonly bucket: string;
  readonly payload: string;
  readonly header: (name: string) => string | undefined;
};

type Summing = { update(chunk: Uint8Array): unknown; digest(encoding: "base64"): string };

const crc = (): Summing => {
  let value = 0;
  return {
    update: (chunk) => {
      value = crc32(chunk, value);
    },
    digest: () => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes.toString("base64");
    },
  };
};

const sums: Readonly<Record<string, () => Summing>> = {
  "x-amz-checksum-crc32": crc,
  "x-amz-checksum-sha1": () => createHash("sha1"),
  "x-amz-checksum-sha256": () => createHash("sha256"),
};

/**
 * The checksum to verify, of a trailer or a header. As in S3, one in a presigned address is ignored: the SDK does
 * not know the body and puts the checksum of an empty one there.
 */
const checksumName = ({ request }: Declared): string | undefined => {
  const trailer = request.headers["x-amz-trailer"];
  const sent = Object.keys(request.headers).find((name) => /^x-amz-checksum-(crc|sha)/.test(name));
  const name = typeof trailer === "string" ? trailer.toLowerCase() : sent;
  if (name !== undefined && !(name in sums)) {
    throw new AwsError("NotImplemented", `The checksum ${name} is not served on this machine.`, 501);
  }
  return name;
};

/**
 * Writes the body of a request to a file and checks the signed SHA-256, Content-MD5, and the SDK's checksum in a header
 * or a trailer. If one does not match, removes the file and throws.
 */
export const writeBody = async (contents: Contents, declared: Declared): Promise<Written> => {
  const { request, bucket, payload, header } = declared;
  const streaming = payload.startsWith("STREAMING-");
  if (streaming && payload !== "STREAMING-UNSIGNED-PAYLOAD-TRAILER") {
    throw new AwsError("NotImplemented", `${payload} is not served on this machine.`, 501);
  }
  const trailers = new Map<string, string>();
  const name = checksumName(declared);
  const checksum = name === undefined ? undefined : sums[name]?.();
  const sha256 = /^[0-9a-f]{64}$/.test(payload) ? createHash("sha256") : undefined;
  const hashes = { ...(checksum && { checksum }), ...(sha256 && { sha256 }) };
  const source = chunksOf(request);
  const written = await contents.write(bucket, streaming ? decodeChunked(source, trailers) : source, hashes);
  const refusal = (): AwsError | undefined => {
    if (sha256 !== undefined && sha256.digest("hex") !== payload) {
      return new AwsError("XAmzContentSHA256Mismatch", "The body is not the one that was signed.");
    }
    const length = header("x-amz-decoded-content-length");
    if (streaming && length !== undefined && Number(length) !== written.size) {
      return new AwsError("IncompleteBody", `The body has ${written.size} bytes, not ${length}.`);
    }
    const md5 = header("content-md5");
    if (md5 !== undefined && Buffer.from(md5, "base64").toString("hex") !== written.md5) {
      return new AwsError("BadDigest", "The body does not have the Content-MD5.");
    }
    const expected = name === undefined ? undefined : (trailers.get(name) ?? header(name));
    if (checksum !== undefined && checksum.digest("base64") !== expected) {
      return new AwsError("BadDigest", `The body does not have the ${name}.`);
    }
    return undefined;
  };
  const refused = refusal();
  if (refused !== undefined) {
    await contents.remove([written.file]);
    throw refused;
  }
  return written;
};
