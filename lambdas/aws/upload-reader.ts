import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

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

/** Version of the newest object under a key. */
export const uploadFinder =
  (client: S3Client, bucket: string) =>
  async (key: string): Promise<string | undefined> => {
    try {
      return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).VersionId;
    } catch (error) {
      if (error instanceof NotFound) return undefined;
      throw error;
    }
  };
