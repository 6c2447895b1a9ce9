import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { LinkTo } from "../certificates/sealing.ts";
import { attachment } from "./attachment.ts";
import { importLimits } from "../contract/imports.ts";

/** Forms that upload one file straight from a browser: this key, this size, this long. */
export const uploadForms =
  (client: S3Client, bucket: string) =>
  (key: string, seconds: number): Promise<PresignedPost> =>
    createPresignedPost(client, {
      Bucket: bucket,
      Key: key,
      Conditions: [["content-length-range", 1, importLimits.bytes]],
      Expires: seconds,
    });

/** Where browsers send these forms. */
export async function uploadsOrigin(client: S3Client, bucket: string): Promise<string> {
  const { url } = await uploadForms(client, bucket)("any", 1);
  return new URL(url).origin;
}

/** Bearer links to one object: a saved file under the given name, kept by no cache. */
export const fileLinks =
  (client: S3Client, bucket: string): LinkTo =>
  (_, key, fileName, seconds) =>
    getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ResponseCacheControl: "no-store",
        ResponseContentDisposition: attachment(fileName),
      }),
      { expiresIn: seconds },
    );
