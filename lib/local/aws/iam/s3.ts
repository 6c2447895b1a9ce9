import type { Ask } from "./policy.ts";

/** Actions by operation, where they have other names. https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
const actions: Readonly<Record<string, string>> = {
  HeadObject: "GetObject",
  ListObjectsV2: "ListBucket",
  PostObject: "PutObject",
  CreateMultipartUpload: "PutObject",
  UploadPart: "PutObject",
  CompleteMultipartUpload: "PutObject",
  AbortMultipartUpload: "AbortMultipartUpload",
};

/** What a request of S3 asks for. */
export function s3Ask(operation: string, bucket: string, key: string, version: string | undefined): Ask {
  const name = actions[operation] ?? operation;
  const action = `s3:${name}${name === "GetObject" && version !== undefined ? "Version" : ""}`;
  return { action, resource: `arn:aws:s3:::${bucket}${key === "" ? "" : `/${key}`}` };
}
