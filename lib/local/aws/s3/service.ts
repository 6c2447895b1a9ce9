import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { DatabaseSync } from "node:sqlite";
import { asAwsError, isOwnHost, listen, meterReply, send, type HttpServer, type Reply } from "../http.ts";
import type { Meter } from "../meter.ts";
import { s3KmsAsks } from "../iam/s3-kms.ts";
import { s3Ask } from "../iam/s3.ts";
import type { DataKeys } from "../kms/data-keys.ts";
import { AwsError } from "../protocol.ts";
import { queryOf, signedPart, verifyRequest, type Authority } from "../sigv4.ts";
import { xmlDocument } from "../xml.ts";
import { transaction } from "../database.ts";
import { openContents } from "./content.ts";
import { corsHeaders } from "./cors.ts";
import type { S3Context } from "./context.ts";
import { openEncryption } from "./encryption.ts";
import { sweep } from "./lifecycle.ts";
import { operationName, operations } from "./operations.ts";
import { postObject } from "./post.ts";
import { openObjectStore } from "./store.ts";
import { openUploadStore } from "./upload-store.ts";

/** Opens the objects; metadata is in `database`, contents are under `directory`. */
export const openS3 = (
  database: DatabaseSync,
  directory: string,
  region: string,
  keys: DataKeys,
  deliver: S3Context["deliver"],
  now: () => number = Date.now,
): S3Context => {
  const store = openObjectStore(database);
  const encryption = openEncryption(database, keys);
  return {
    store,
    encryption,
    uploads: openUploadStore(database),
    contents: openContents(directory, store.files(), encryption),
    region,
    now,
    atomically: (work) => transaction(database, work),
    deliver,
  };
};

type Target = { readonly bucket: string; readonly key: string; readonly query: ReadonlyMap<string, string> };

const targetOf = (request: IncomingMessage): Target => {
  const url = request.url ?? "/";
  const query = new Map(queryOf(url));
  const [path = "/"] = url.split("?", 1);
  try {
    const [, bucket = "", ...key] = path.split("/").map(decodeURIComponent);
    return { bucket, key: key.join("/"), query };
  } catch {
    throw new AwsError("InvalidURI", "The path is not percent-encoded UTF-8.");
  }
};

const isForm = (request: IncomingMessage, { bucket, key, query }: Target): boolean =>
  request.method === "POST" &&
  bucket !== "" &&
  key === "" &&
  query.size === 0 &&
  String(request.headers["content-type"]).startsWith("multipart/form-data");

const run = async (
  s3: S3Context,
  request: IncomingMessage,
  target: Target,
  authority: Authority,
  meter: Meter,
): Promise<Reply> => {
  const { bucket, key, query } = target;
  const metered = async (name: string, work: (count: Parameters<typeof postObject>[4]) => Reply | Promise<Reply>) => {
    const units: Record<string, number> = { calls: 1 };
    try {
      return await work((used) => Object.assign(units, used));
    } finally {
      meter.count("s3", name, units);
    }
  };
  if (isForm(request, target)) {
    return metered("PostObject", async (count) => postObject(s3, request, bucket, authority, count));
  }
  const { payload, presigned, role } = verifyRequest(signedPart(request), authority);
  const place = bucket === "" ? "service" : key === "" ? "bucket" : "object";
  const name = operationName(request.method ?? "", place, query);
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw new AwsError("NotImplemented", `s3 has no ${name} on this machine.`, 501);
  const version = query.get("versionId");
  const asks = [s3Ask(name, bucket, key, version), ...s3KmsAsks(s3, name, { bucket, key, version })];
  authority.principals?.check(role, asks, "AccessDenied");
  const hoisted = new Map(presigned ? [...query].map(([one, value]) => [one.toLowerCase(), value]) : []);
  const header = (one: string): string | undefined =>
    request.headersDistinct[one]?.join(", ") ?? (one.startsWith("x-amz-") ? hoisted.get(one) : undefined);
  try {
    return await metered(name, (count) => operation(s3, { request, payload, bucket, key, query, header, count }));
  } catch (failure) {
    // Who may not list a bucket does not learn what is missing in it.
    if (failure instanceof AwsError && failure.code === "NoSuchKey")
      authority.principals?.check(role, [s3Ask("ListObjectsV2", bucket, "", undefined)], "AccessDenied");
    throw failure;
  }
};

const preflight = (s3: S3Context, request: IncomingMessage, { bucket }: Target): Reply => {
  const headers = corsHeaders(s3.store.findBucket(bucket)?.cors ?? "", request);
  if (headers === undefined) {
    throw new AwsError("AccessForbidden", "CORSResponse: This CORS request is not allowed.", 403);
  }
  return { status: 200, headers };
};

const answer = async (s3: S3Context, request: IncomingMessage, authority: Authority, meter: Meter): Promise<Reply> => {
  if (!isOwnHost(request)) throw new AwsError("AccessDenied", "The Host is not this service.", 403);
  const metered = meterReply(request, meter);
  if (metered !== undefined) return metered;
  const target = targetOf(request);
  if (request.method === "OPTIONS") return preflight(s3, request, target);
  return run(s3, request, target, authority, meter);
};

const refusal = (failure: unknown, request: IncomingMessage): Reply => {
  const { code, message, status } = asAwsError(failure);
  const content = { Code: code, Message: message, Resource: request.url?.split("?", 1)[0], RequestId: randomUUID() };
  const body = xmlDocument("Error", undefined, content);
  return { status, headers: { "content-type": "application/xml" }, body };
};

/** Serves S3 (REST, path style) on loopback. */
export const serveS3 = async (s3: S3Context, port: number, authority: Authority, meter: Meter): Promise<HttpServer> => {
  await sweep(s3);
  const sweeping = setInterval(() => {
    sweep(s3).catch((failure: unknown) => console.error(failure));
  }, 3_600_000);
  const server = await listen(port, async (request, response) => {
    const reply = await answer(s3, request, authority, meter).catch((failure: unknown) => {
      if (request.destroyed && !request.complete) return undefined;
      return refusal(failure, request);
    });
    if (reply === undefined) {
      response.destroy();
      return;
    }
    const bucket = request.url?.split(/[/?]/, 2)[1] ?? "";
    const cors = isOwnHost(request) ? corsHeaders(s3.store.findBucket(bucket)?.cors ?? "", request) : {};
    send(response, { ...reply, headers: { ...reply.headers, ...cors, "x-amz-request-id": randomUUID() } });
  });
  return {
    ...server,
    close: async () => {
      clearInterval(sweeping);
      await server.close();
    },
  };
};
