import { request as httpRequest, type Agent, type IncomingMessage } from "node:http";
import { GetObjectCommand, HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/**
 * Requests an object by plain HTTP and returns the unchanged response (status, headers, unread body), which the SDK does
 * not give. `headers` are sent along, e.g. if-none-match.
 */
export async function fetchObject(
  client: S3Client,
  agent: Agent,
  object: { readonly bucket: string; readonly key: string },
  method: "GET" | "HEAD" = "GET",
  headers: Readonly<Record<string, string>> = {},
): Promise<IncomingMessage> {
  const input = { Bucket: object.bucket, Key: object.key };
  const url = await (method === "GET"
    ? getSignedUrl(client, new GetObjectCommand(input), { expiresIn: 60 })
    : getSignedUrl(client, new HeadObjectCommand(input), { expiresIn: 60 }));
  return new Promise((resolve, reject) => {
    httpRequest(url, { method, headers, agent }, resolve).on("error", reject).end();
  });
}

/** Reads a small body to its end. */
export async function bodyOf(message: IncomingMessage, limit = Number.POSITIVE_INFINITY): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of message) {
    const bytes = part as Buffer;
    size += bytes.length;
    if (size > limit) throw new BodyTooLarge();
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** A body is longer than the limit. */
export class BodyTooLarge extends Error {}
