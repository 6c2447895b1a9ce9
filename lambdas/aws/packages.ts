import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { Zip, ZipPassThrough } from "fflate";
import type { Entry } from "../imports/package.ts";

/** S3 takes parts of 5 MiB and more; the last may be smaller. */
const partSize = 5 * 1024 * 1024;

/** The system that the archive was made on: of MS-DOS, the default, Info-ZIP ignores the UTF-8 flag of names. */
const unix = 3;
/** A regular file that its owner alone may read (0o100600), in the upper half as APPNOTE 4.4.15 has it for Unix. */
const ownersAlone = 0o100600 * 0x1_0000;

/** Collects octets and gives them in parts. */
function parted() {
  let chunks: Uint8Array[] = [];
  let length = 0;
  return {
    add: (chunk: Uint8Array) => {
      chunks.push(chunk);
      length += chunk.length;
    },
    full: () => length >= partSize,
    take: (): Buffer => {
      const part = Buffer.concat(chunks, length);
      chunks = [];
      length = 0;
      return part;
    },
  };
}

/**
 * Stores a ZIP while it is being made, a part at a time: it is never in memory as a whole, and in
 * the bucket only when it is complete. The entries are stored as they are, for neither a PKCS#12 nor a
 * password gets smaller.
 */
export const zipStore =
  (client: S3Client, bucket: string) =>
  async (key: string, entries: AsyncIterable<Entry>): Promise<number> => {
    const at = { Bucket: bucket, Key: key };
    const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...at, ContentType: "application/zip" }));
    const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
    const waiting = parted();
    let size = 0;
    let failed: Error | undefined;
    const zip = new Zip((error, chunk) => {
      failed ??= error ?? undefined;
      waiting.add(chunk);
    });
    const upload = async (): Promise<void> => {
      if (failed !== undefined) throw failed;
      const Body = waiting.take();
      size += Body.length;
      const PartNumber = Parts.length + 1;
      const { ETag } = await client.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body }));
      Parts.push({ PartNumber, ETag });
    };
    try {
      for await (const { name, content } of entries) {
        const file = new ZipPassThrough(name);
        file.os = unix;
        file.attrs = ownersAlone;
        zip.add(file);
        file.push(content, true);
        if (waiting.full()) await upload();
      }
      zip.end();
      await upload();
      await client.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
      return size;
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ ...at, UploadId }));
      throw error;
    }
  };
