import { createHash } from "node:crypto";
import { ListObjectsV2Command, PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Archive } from "../archive/archive.ts";
import { findObject } from "./objects.ts";

const prefix = "audit/";
const keyOf = (day: string): string => `${prefix}${day}.jsonl`;

/** A bucket whose objects are locked by its default retention. */
export const archive = (client: S3Client, bucket: string): Archive => ({
  listDays: async () => {
    const days: string[] = [];
    let from: string | undefined;
    do {
      const page = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: from }),
      );
      days.push(...(page.Contents ?? []).flatMap(({ Key = "" }) => /^audit\/([\d-]{10})\.jsonl$/.exec(Key)?.[1] ?? []));
      from = page.NextContinuationToken;
    } while (from !== undefined);
    return days;
  },
  find: async (day) => (await findObject(client, bucket, keyOf(day)))?.bytes,
  add: async (day, file) => {
    try {
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: keyOf(day),
        Body: file,
        ContentType: "application/jsonl",
        // S3 demands a digest where objects are locked.
        ContentMD5: createHash("md5").update(file).digest("base64"),
        IfNoneMatch: "*",
      });
      await client.send(put);
      return true;
    } catch (error) {
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 412 || status === 409) return false;
      throw error;
    }
  },
});
