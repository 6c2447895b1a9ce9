import { createHash, randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { describe, expect, it } from "vitest";
import { clientsOf, expectRefusal, statusUnderHost, useAws } from "./running.ts";

const running = useAws();

const createBucket = async (Bucket: string): Promise<string> => {
  await running().s3.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
};

const put = async (Bucket: string, Key: string, Body = "content", more: Partial<PutObjectCommandInput> = {}) =>
  running().s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));

const get = async (Bucket: string, Key: string, more = {}) =>
  running().s3.send(new GetObjectCommand({ Bucket, Key, ...more }));

const read = async (Bucket: string, Key: string, more = {}): Promise<string | undefined> =>
  (await get(Bucket, Key, more)).Body?.transformToString();

describe("a bucket", () => {
  it("is there once it is created", async () => {
    const Bucket = await createBucket("there");
    await running().s3.send(new HeadBucketCommand({ Bucket }));
    await expectRefusal(createBucket("there"), "BucketAlreadyOwnedByYou", 409);
  });

  it("is missing otherwise", async () => {
    await expectRefusal(put("missing", "a"), "NoSuchBucket", 404);
    await expectRefusal(running().s3.send(new HeadBucketCommand({ Bucket: "missing" })), "NotFound", 404);
  });
});

describe("an object", () => {
  it("is gone once it is deleted; deleting what is not there is as good", async () => {
    const Bucket = await createBucket("deletes");
    await put(Bucket, "a/1");
    for (const Key of ["a/1", "a/1", "never"]) await running().s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await expectRefusal(get(Bucket, "a/1"), "NoSuchKey", 404);
    const missing = running().s3.send(new DeleteObjectCommand({ Bucket: "missing", Key: "a" }));
    await expectRefusal(missing, "NoSuchBucket", 404);
  });

  it("is hidden by its deletion in a bucket with versions, and its version stays", async () => {
    const Bucket = await createBucket("hides");
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await running().s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { VersionId } = await put(Bucket, "a", "first");
    await running().s3.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expectRefusal(get(Bucket, "a"), "NoSuchKey", 404);
    expect(await read(Bucket, "a", { VersionId })).toBe("first");
  });

  it("keeps its bytes, headers and metadata", async () => {
    const Bucket = await createBucket("keeps");
    const { ETag } = await put(Bucket, "a/日本 語+&.txt", "令和", {
      ContentType: "text/plain; charset=utf-8",
      ContentEncoding: "identity",
      CacheControl: "no-store",
      ContentDisposition: "attachment",
      Metadata: { csp: "default-src 'self'" },
    });
    expect(ETag).toBe(`"${createHash("md5").update("令和").digest("hex")}"`);
    const found = await get(Bucket, "a/日本 語+&.txt");
    expect(found).toMatchObject({
      ContentType: "text/plain; charset=utf-8",
      ContentEncoding: "identity",
      CacheControl: "no-store",
      ContentDisposition: "attachment",
      Metadata: { csp: "default-src 'self'" },
      ContentLength: 6,
      ETag,
    });
    expect(await found.Body?.transformToString()).toBe("令和");
    const head = await running().s3.send(new HeadObjectCommand({ Bucket, Key: "a/日本 語+&.txt" }));
    expect(head).toMatchObject({ ContentLength: 6, ETag });
  });

  it("takes streams with the trailing checksum of the SDK, whatever their chunks", async () => {
    const Bucket = await createBucket("streams");
    const bytes = randomBytes(3_000_001);
    const pieces = [bytes.subarray(0, 1), bytes.subarray(1, 70_000), bytes.subarray(70_000)];
    const Body = Readable.from(pieces);
    await running().s3.send(
      new PutObjectCommand({ Bucket, Key: "a", Body, ContentLength: bytes.length, ContentEncoding: "gzip" }),
    );
    const found = await get(Bucket, "a");
    expect(found.ContentEncoding).toBe("gzip");
    expect(bytes.equals((await found.Body?.transformToByteArray()) ?? Buffer.of())).toBe(true);
  });

  it("may be empty", async () => {
    const Bucket = await createBucket("empty");
    await running().s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: Buffer.of() }));
    expect(await read(Bucket, "a")).toBe("");
  });

  it("is not stored when its checksum is wrong", async () => {
    const Bucket = await createBucket("checksum");
    await expectRefusal(put(Bucket, "a", "content", { ChecksumCRC32: "AAAAAA==" }), "BadDigest", 400);
    await expectRefusal(get(Bucket, "a"), "NoSuchKey", 404);
  });

  it("is read in ranges", async () => {
    const Bucket = await createBucket("ranges");
    await put(Bucket, "a", "0123456789");
    const part = await get(Bucket, "a", { Range: "bytes=2-4" });
    expect(part).toMatchObject({ ContentRange: "bytes 2-4/10", ContentLength: 3, $metadata: { httpStatusCode: 206 } });
    expect(await part.Body?.transformToString()).toBe("234");
    expect(await read(Bucket, "a", { Range: "bytes=-3" })).toBe("789");
    expect(await read(Bucket, "a", { Range: "bytes=8-" })).toBe("89");
    await expectRefusal(get(Bucket, "a", { Range: "bytes=10-" }), "InvalidRange", 416);
  });

  it("is not sent again to who has it", async () => {
    const Bucket = await createBucket("unchanged");
    const { ETag } = await put(Bucket, "a");
    await expectRefusal(get(Bucket, "a", { IfNoneMatch: ETag }), "Unknown", 304);
  });

  it("is overwritten only on the conditions asked", async () => {
    const Bucket = await createBucket("conditions");
    const { ETag: first } = await put(Bucket, "a", "1", { IfNoneMatch: "*" });
    await expectRefusal(put(Bucket, "a", "2", { IfNoneMatch: "*" }), "PreconditionFailed", 412);
    await put(Bucket, "a", "3", { IfMatch: first });
    await expectRefusal(put(Bucket, "a", "4", { IfMatch: first }), "PreconditionFailed", 412);
    await expectRefusal(put(Bucket, "b", "5", { IfMatch: first }), "NoSuchKey", 404);
    expect(await read(Bucket, "a")).toBe("3");
  });

  it("has one winner among concurrent first writes", async () => {
    const Bucket = await createBucket("race");
    const writes = ["1", "2", "3", "4"].map(async (body) => put(Bucket, "a", body, { IfNoneMatch: "*" }));
    const settled = await Promise.allSettled(writes);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a versioned bucket", () => {
  it("keeps every version", async () => {
    const Bucket = await createBucket("versions");
    const VersioningConfiguration = { Status: "Enabled" as const };
    await running().s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
    const { VersionId: one } = await put(Bucket, "a", "1");
    const { VersionId: two } = await put(Bucket, "a", "2");
    expect(await read(Bucket, "a", { VersionId: one })).toBe("1");
    expect(await get(Bucket, "a")).toMatchObject({ VersionId: two });
  });
});

describe("a listing", () => {
  it("is in the order of the keys, by prefix, folder and page", async () => {
    const Bucket = await createBucket("listing");
    for (const key of ["b/1", "a", "b/2", "c", "b/ü", "bb"]) await put(Bucket, key);
    const list = async (more: object) => running().s3.send(new ListObjectsV2Command({ Bucket, ...more }));
    const all = await list({});
    expect(all.Contents?.map(({ Key }) => Key)).toEqual(["a", "b/1", "b/2", "b/ü", "bb", "c"]);
    expect(all.Contents?.[0]).toMatchObject({ Size: 7 });
    expect(all.Contents?.[0]?.LastModified).toBeInstanceOf(Date);
    const folders = await list({ Delimiter: "/" });
    expect(folders.Contents?.map(({ Key }) => Key)).toEqual(["a", "bb", "c"]);
    expect(folders.CommonPrefixes).toEqual([{ Prefix: "b/" }]);
    const page = await list({ Prefix: "b/", MaxKeys: 2 });
    expect(page).toMatchObject({ KeyCount: 2, IsTruncated: true });
    const rest = await list({ Prefix: "b/", MaxKeys: 2, ContinuationToken: page.NextContinuationToken });
    expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["b/ü"]);
    expect(rest.IsTruncated).toBe(false);
    const after = await list({ StartAfter: "b/2" });
    expect(after.Contents?.map(({ Key }) => Key)).toEqual(["b/ü", "bb", "c"]);
  });
});

describe("a multipart upload", () => {
  const begin = async (Bucket: string) => {
    const { UploadId } = await running().s3.send(
      new CreateMultipartUploadCommand({ Bucket, Key: "a", ContentType: "text/csv" }),
    );
    const upload = async (PartNumber: number, Body: Buffer) => {
      const part = new UploadPartCommand({ Bucket, Key: "a", UploadId, PartNumber, Body });
      return { PartNumber, ETag: (await running().s3.send(part)).ETag };
    };
    return { UploadId, upload };
  };

  it("becomes one object when completed", async () => {
    const Bucket = await createBucket("multipart");
    const { UploadId, upload } = await begin(Bucket);
    const [first, second] = [randomBytes(5 * 1024 * 1024), randomBytes(1000)];
    const Parts = [await upload(1, first), await upload(2, second)];
    const order = { Bucket, Key: "a", UploadId, MultipartUpload: { Parts } };
    const { ETag } = await running().s3.send(new CompleteMultipartUploadCommand(order));
    expect(ETag).toMatch(/-2"$/);
    const found = await get(Bucket, "a");
    expect(found.ContentType).toBe("text/csv");
    const bytes = (await found.Body?.transformToByteArray()) ?? Buffer.of();
    expect(Buffer.concat([first, second]).equals(bytes)).toBe(true);
    await expectRefusal(running().s3.send(new CompleteMultipartUploadCommand(order)), "NoSuchUpload", 404);
  });

  it("is refused with small parts and gone when aborted", async () => {
    const Bucket = await createBucket("aborted");
    const { UploadId, upload } = await begin(Bucket);
    const Parts = [await upload(1, Buffer.of(1)), await upload(2, Buffer.of(2))];
    const order = { Bucket, Key: "a", UploadId, MultipartUpload: { Parts } };
    await expectRefusal(running().s3.send(new CompleteMultipartUploadCommand(order)), "EntityTooSmall", 400);
    await running().s3.send(new AbortMultipartUploadCommand({ Bucket, Key: "a", UploadId }));
    await expectRefusal(running().s3.send(new CompleteMultipartUploadCommand(order)), "NoSuchUpload", 404);
  });
});

describe("a notification", () => {
  it("tells the queue of its test, then of each new object that fits", async () => {
    const { sqs, s3 } = running();
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "events" }));
    const Bucket = await createBucket("notifies");
    const Filter = { Key: { FilterRules: [{ Name: "prefix" as const, Value: "in/" }] } };
    const configure = (QueueArn: string) =>
      s3.send(
        new PutBucketNotificationConfigurationCommand({
          Bucket,
          NotificationConfiguration: {
            QueueConfigurations: [{ Id: "i", QueueArn, Events: ["s3:ObjectCreated:*"], Filter }],
          },
        }),
      );
    await expectRefusal(configure("arn:aws:sqs:ap-northeast-1:000000000000:none"), "InvalidArgument", 400);
    await configure("arn:aws:sqs:ap-northeast-1:000000000000:events");
    await put(Bucket, "out/a");
    const { ETag } = await put(Bucket, "in/令和 1+.csv");
    const order = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(order);
    const bodies = Messages.map(({ Body }): unknown => JSON.parse(Body ?? ""));
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toMatchObject({ Event: "s3:TestEvent", Bucket });
    expect(bodies[1]).toMatchObject({
      Records: [
        {
          eventName: "ObjectCreated:Put",
          s3: {
            bucket: { name: Bucket },
            object: { key: `in/${encodeURIComponent("令和")}+1%2B.csv`, size: 7, eTag: ETag?.replaceAll('"', "") },
          },
        },
      ],
    });
  });
});

describe("a presigned address", () => {
  it("reads one object for its term, under the name it says", async () => {
    const Bucket = await createBucket("presigned");
    await put(Bucket, "a b.p12");
    const order = { Bucket, Key: "a b.p12", ResponseContentDisposition: 'attachment; filename="x.p12"' };
    const url = await getSignedUrl(running().s3, new GetObjectCommand(order), { expiresIn: 60 });
    const answer = await fetch(url);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="x.p12"');
    expect(await answer.text()).toBe("content");
    const other = await fetch(url.replace("a%20b.p12", "c"));
    expect(other.status).toBe(403);
    expect(await other.text()).toContain("SignatureDoesNotMatch");
  });

  it("is refused after its term", async () => {
    const Bucket = await createBucket("expired");
    await put(Bucket, "a");
    const signingDate = new Date(Date.now() - 61_000);
    const url = await getSignedUrl(running().s3, new GetObjectCommand({ Bucket, Key: "a" }), {
      expiresIn: 60,
      signingDate,
    });
    const answer = await fetch(url);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("Request has expired");
  });

  it("writes one object", async () => {
    const Bucket = await createBucket("presigned-put");
    const url = await getSignedUrl(running().s3, new PutObjectCommand({ Bucket, Key: "a" }), { expiresIn: 60 });
    const answer = await fetch(url, { method: "PUT", body: "content" });
    expect(answer.status).toBe(200);
    expect(await read(Bucket, "a")).toBe("content");
    expect((await fetch(url)).status).toBe(403);
  });
});

describe("CORS", () => {
  it("lets in the origins that were configured, and no others", async () => {
    const Bucket = await createBucket("cors");
    const rule = { AllowedOrigins: ["https://localhost:1"], AllowedMethods: ["POST", "GET"], ExposeHeaders: ["ETag"] };
    const CORSConfiguration = { CORSRules: [{ ...rule, AllowedHeaders: ["content-*"], MaxAgeSeconds: 60 }] };
    await running().s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration }));
    const preflight = async (origin: string, asked: string) =>
      fetch(`${running().urls.s3}/${Bucket}`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": asked },
      });
    const allowed = await preflight("https://localhost:1", "content-type");
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get("access-control-allow-origin")).toBe("https://localhost:1");
    expect((await preflight("https://localhost:2", "content-type")).status).toBe(403);
    expect((await preflight("https://localhost:1", "authorization")).status).toBe(403);
    await put(Bucket, "a");
    const url = await getSignedUrl(running().s3, new GetObjectCommand({ Bucket, Key: "a" }));
    const answer = await fetch(url, { headers: { origin: "https://localhost:1" } });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://localhost:1");
    expect(answer.headers.get("access-control-expose-headers")).toBe("ETag");
    const other = await fetch(url, { headers: { origin: "https://localhost:2" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("a lifecycle", () => {
  it("takes only what it does: expiry by days and prefix", async () => {
    const Bucket = await createBucket("lifecycle");
    const put = async (rule: object) =>
      running().s3.send(
        new PutBucketLifecycleConfigurationCommand({
          Bucket,
          LifecycleConfiguration: { Rules: [{ Status: "Enabled", Filter: { Prefix: "" }, ...rule }] },
        }),
      );
    await put({ Expiration: { Days: 1 } });
    const Transitions = [{ Days: 1, StorageClass: "GLACIER" }];
    await expectRefusal(put({ Transitions }), "NotImplemented", 501);
  });
});

describe("S3", () => {
  it("refuses a wrong secret and no signature", async () => {
    const Bucket = await createBucket("secret");
    await put(Bucket, "a");
    const { urls, configuration } = running();
    const wrong = clientsOf(urls, { ...configuration.credentials, secretAccessKey: "wrong" });
    const call = wrong.s3.send(new GetObjectCommand({ Bucket, Key: "a" }));
    await expectRefusal(call, "SignatureDoesNotMatch", 403);
    const bare = await fetch(`${urls.s3}/${Bucket}/a`);
    expect(bare.status).toBe(403);
    expect(await bare.text()).toContain("AccessDenied");
  });

  it("refuses a Host that is not its own, whatever the signature", async () => {
    const Bucket = await createBucket("host");
    await put(Bucket, "a");
    const url = await getSignedUrl(running().s3, new GetObjectCommand({ Bucket, Key: "a" }));
    expect(await statusUnderHost(url, "evil.example:80")).toBe(403);
  });

  it("answers 501 with the name of an operation it does not have", async () => {
    const Bucket = await createBucket("named");
    const call = running().s3.send(new GetObjectTaggingCommand({ Bucket, Key: "a" }));
    const failure = await expectRefusal(call, "NotImplemented", 501);
    expect(failure.message).toMatch(/tagging/i);
    const tagged = put(Bucket, "a", "content", { Tagging: "a=b" });
    expect((await expectRefusal(tagged, "NotImplemented", 501)).message).toContain("x-amz-tagging");
  });
});
