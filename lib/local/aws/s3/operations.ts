import { bucketOperations } from "./buckets.ts";
import type { ObjectOperation } from "./context.ts";
import { listObjects } from "./listing.ts";
import { abortUpload, completeUpload, createUpload, uploadPart } from "./multipart.ts";
import { deleteObject, getObject, headObject, putObject } from "./objects.ts";

/** Every operation served, by its name in the S3 API. */
export const operations: Readonly<Record<string, ObjectOperation>> = {
  ...bucketOperations,
  ListObjectsV2: listObjects,
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  CreateMultipartUpload: createUpload,
  UploadPart: uploadPart,
  CompleteMultipartUpload: completeUpload,
  AbortMultipartUpload: abortUpload,
};

/** Method, target, and the query parameter that selects the operation. */
const names: Readonly<Record<string, string>> = {
  "PUT bucket": "CreateBucket",
  "HEAD bucket": "HeadBucket",
  "PUT bucket versioning": "PutBucketVersioning",
  "PUT bucket cors": "PutBucketCors",
  "PUT bucket encryption": "PutBucketEncryption",
  "PUT bucket lifecycle": "PutBucketLifecycleConfiguration",
  "PUT bucket notification": "PutBucketNotificationConfiguration",
  "GET bucket notification": "GetBucketNotificationConfiguration",
  "GET bucket list-type": "ListObjectsV2",
  "PUT object": "PutObject",
  "GET object": "GetObject",
  "HEAD object": "HeadObject",
  "DELETE object": "DeleteObject",
  "POST object uploads": "CreateMultipartUpload",
  "PUT object uploadId": "UploadPart",
  "POST object uploadId": "CompleteMultipartUpload",
  "DELETE object uploadId": "AbortMultipartUpload",
};

/** Query parameters that do not select another operation. */
const plain =
  /^(x-id|versionId|partNumber|prefix|delimiter|max-keys|continuation-token|start-after|encoding-type|fetch-owner|response-.+|x-amz-.+)$/i;

/** The name of the operation that a request asks for; for an unsupported one the SDK's name for it, or method and target. */
export const operationName = (
  method: string,
  target: "service" | "bucket" | "object",
  query: ReadonlyMap<string, string>,
): string => {
  const special = [...query.keys()].find((name) => !plain.test(name));
  const shape = [method, target, ...(special === undefined ? [] : [special])].join(" ");
  return names[shape] ?? query.get("x-id") ?? shape;
};
