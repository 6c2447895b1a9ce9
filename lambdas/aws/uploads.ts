import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { importLimits } from "../contract/imports.ts";

/**
 * Forms that upload one file straight from a browser: this key, this size, this long.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export const uploadForms = (client: S3Client, bucket: string) => (key: string, seconds: number) =>
  createPresignedPost(client, {
    Bucket: bucket,
    Key: key,
    Conditions: [["content-length-range", 1, importLimits.bytes]],
    Expires: seconds,
  });

/** Where browsers send these forms: made of a form, so that it is the same address wherever this runs. */
export async function uploadsOrigin(client: S3Client, bucket: string): Promise<string> {
  const { url } = await uploadForms(client, bucket)("origin", 1);
  return new URL(url).origin;
}

/** Reads exactly the version that was announced, piece by piece. */
export const uploadReader =
  (client: S3Client, bucket: string) =>
  async (key: string, versionId: string): Promise<AsyncIterable<Uint8Array> | undefined> => {
    try {
      const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
      return found.Body as AsyncIterable<Uint8Array> | undefined;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (error instanceof NoSuchKey || status === 404) return undefined;
      throw error;
    }
  };
