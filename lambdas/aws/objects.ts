import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";

export type StoredObject = { readonly bytes: Uint8Array; readonly etag: string; readonly version: string | undefined };

export async function findObject(client: S3Client, bucket: string, key: string): Promise<StoredObject | undefined> {
  try {
    const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (found.Body === undefined || found.ETag === undefined) throw new Error(`S3 gave no content for ${key}`);
    return { bytes: await found.Body.transformToByteArray(), etag: found.ETag, version: found.VersionId };
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** Finds objects and keeps the last of each key, which is sent again only when its ETag is another. For few keys. */
export function unlessChanged(
  find: (key: string) => Promise<StoredObject | undefined>,
  findTag: (key: string) => Promise<string | undefined>,
): (key: string) => Promise<StoredObject | undefined> {
  const kept = new Map<string, StoredObject>();
  return async (key) => {
    const last = kept.get(key);
    if (last !== undefined && (await findTag(key)) === last.etag) return last;
    // Not kept while the next one arrives: each may be tens of megabytes.
    kept.delete(key);
    const found = await find(key);
    if (found !== undefined) kept.set(key, found);
    return found;
  };
}

/** Deletes the objects whose keys begin so, of which there are few: the first thousand that S3 lists. */
export async function deleteUnder(client: S3Client, bucket: string, prefix: string): Promise<void> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
}

/** The ETag of the object at a key; undefined when there is none. */
export async function findEtag(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
  } catch (error) {
    if (error instanceof NotFound) return undefined;
    throw error;
  }
}

export type Headers = {
  readonly type: string;
  readonly cache?: string;
  readonly encoding?: string;
  readonly metadata?: Record<string, string>;
};

/** Puts an object and returns its version where the bucket keeps versions. */
export async function putObject(
  client: S3Client,
  bucket: string,
  key: string,
  bytes: Uint8Array,
  headers: Headers,
): Promise<string | undefined> {
  const put = await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: headers.type,
      CacheControl: headers.cache,
      ContentEncoding: headers.encoding,
      Metadata: headers.metadata,
    }),
  );
  return put.VersionId;
}

/**
 * Puts only over the object that was read (`etag`), or only where there was none. Returns the new ETag; undefined when
 * another writer was faster (412 PreconditionFailed, or 409 ConditionalRequestConflict).
 */
export async function replaceObject(
  client: S3Client,
  bucket: string,
  key: string,
  bytes: Uint8Array,
  headers: Headers,
  etag: string | undefined,
): Promise<string | undefined> {
  try {
    const { ETag } = await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentType: headers.type,
        CacheControl: headers.cache,
        ...(etag === undefined ? { IfNoneMatch: "*" } : { IfMatch: etag }),
      }),
    );
    if (ETag === undefined) throw new Error(`S3 gave no ETag for ${key}`);
    return ETag;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 412 || status === 409) return undefined;
    throw error;
  }
}

/** Puts an object unless the newest version has this content already; returns that version. */
export async function keepObject(
  client: S3Client,
  bucket: string,
  key: string,
  bytes: Uint8Array,
  headers: Headers,
): Promise<string> {
  const found = await findObject(client, bucket, key);
  const version =
    found !== undefined && Buffer.compare(found.bytes, bytes) === 0
      ? found.version
      : await putObject(client, bucket, key, bytes, headers);
  if (version === undefined) throw new Error(`the bucket of ${key} keeps no versions`);
  return version;
}
