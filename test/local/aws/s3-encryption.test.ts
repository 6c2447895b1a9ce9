import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateKeyCommand } from "@aws-sdk/client-kms";
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { beforeAll, describe, expect, it } from "vitest";
import type { Statement } from "../../../lib/local/aws/iam/policy.ts";
import { clientsOf, expectRefusal, useAws } from "./running.ts";

const running = useAws();
const [Bucket, open] = ["sealed", "open"];
let key = "";

beforeAll(async () => {
  const { kms, s3 } = running();
  key = (await kms.send(new CreateKeyCommand({}))).KeyMetadata?.Arn ?? "";
  for (const name of [Bucket, open]) await s3.send(new CreateBucketCommand({ Bucket: name }));
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: encryptedBy(key) }));
});

const encryptedBy = (KMSMasterKeyID: string) => ({
  Rules: [
    {
      BucketKeyEnabled: true,
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID },
    },
  ],
});

const files = () => {
  const objects = join(running().configuration.dataDirectory, "objects");
  return readdirSync(objects, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
};
const kept = (needle: string | Buffer) => files().some((content) => content.includes(needle));
const read = async (s3: S3Client, Key: string, Range?: string) => {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, Range }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe("a bucket that is encrypted by a key of KMS", () => {
  it("keeps nothing in clear, and another bucket does", async () => {
    const { s3 } = running();
    await s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "the PIN is 4711" }));
    expect((await read(s3, "a")).toString()).toBe("the PIN is 4711");
    expect(kept("the PIN is 4711")).toBe(false);
    await s3.send(new PutObjectCommand({ Bucket: open, Key: "a", Body: "the PIN is 4712" }));
    expect(kept("the PIN is 4712")).toBe(true);
  });

  it("says so, with an ETag that is no MD5 of the content", async () => {
    const { s3 } = running();
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: "same", Body: "x" }));
    const again = await s3.send(new PutObjectCommand({ Bucket, Key: "same", Body: "x" }));
    expect(again.ETag).not.toBe(put.ETag);
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: "same" }));
    expect(head).toMatchObject({
      ETag: again.ETag,
      ServerSideEncryption: "aws:kms",
      SSEKMSKeyId: key,
      BucketKeyEnabled: true,
    });
  });

  it("gives any range of an object, small or large", async () => {
    const { s3 } = running();
    const content = randomBytes(3 * 1024 * 1024 + 5);
    await s3.send(new PutObjectCommand({ Bucket, Key: "large", Body: content }));
    for (const [from, to] of [
      [0, content.length - 1],
      [17, 40],
      [15, 2 * 1024 * 1024 + 3],
      [content.length - 1, content.length - 1],
    ] as const)
      expect((await read(s3, "large", `bytes=${from}-${to}`)).equals(content.subarray(from, to + 1))).toBe(true);
  });

  it("keeps no part of an upload in clear, nor the whole, and deletes what it is told to", async () => {
    const { s3 } = running();
    const [Key, marker] = ["parts", Buffer.from("a password in the middle of a part")];
    const parts = [Buffer.concat([randomBytes(5 * 1024 * 1024), marker]), marker];
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const Parts = await Promise.all(
      parts.map(async (Body, at) => {
        const part = { Bucket, Key, UploadId, PartNumber: at + 1, Body };
        return { PartNumber: at + 1, ETag: (await s3.send(new UploadPartCommand(part))).ETag };
      }),
    );
    expect(kept(marker)).toBe(false);
    await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }));
    expect(kept(marker)).toBe(false);
    expect((await read(s3, Key)).equals(Buffer.concat(parts))).toBe(true);
    const before = files().length;
    await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    expect(files()).toHaveLength(before - 1);
  });

  it("takes a key of KMS with a bucket key alone", async () => {
    const { s3 } = running();
    const by = (rule: object) =>
      s3.send(new PutBucketEncryptionCommand({ Bucket: open, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
    const sse = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
    await expectRefusal(by(sse), "NotImplemented", 501);
    await expectRefusal(
      s3.send(
        new PutBucketEncryptionCommand({ Bucket: open, ServerSideEncryptionConfiguration: encryptedBy("nowhere") }),
      ),
      "NotFoundException",
      400,
    );
    await expectRefusal(
      s3.send(new PutObjectCommand({ Bucket: open, Key: "b", ServerSideEncryption: "aws:kms" })),
      "NotImplemented",
      501,
    );
  });
});

describe("a role", () => {
  /** Clients that sign as a role which may do all in the bucket, and this with the key. */
  function signing(name: string, actions: readonly string[], Condition: Statement["Condition"] = {}) {
    const credentials = { accessKeyId: `ROLE${name}`, secretAccessKey: `secret of ${name}` };
    const statements: Statement[] = [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }];
    if (actions.length > 0) statements.push({ Effect: "Allow", Action: actions, Resource: key, Condition });
    running().grant([{ ...credentials, name, statements }], {});
    return clientsOf(running().urls, credentials).s3;
  }
  const put = (s3: S3Client, Key = "by-role") => s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));

  it("puts with GenerateDataKey, and gets with Decrypt", async () => {
    await put(running().s3);
    const [none, putter, getter] = [
      signing("none", []),
      signing("putter", ["kms:GenerateDataKey"]),
      signing("getter", ["kms:Decrypt"]),
    ];
    await put(putter);
    expect((await read(getter, "by-role")).toString()).toBe("x");
    for (const one of [none, getter]) await expectRefusal(put(one), "AccessDenied", 403);
    for (const one of [none, putter]) await expectRefusal(read(one, "by-role"), "AccessDenied", 403);
    await none.send(new HeadObjectCommand({ Bucket, Key: "by-role" }));
  });

  it("needs both for an upload in parts", async () => {
    const upload = (s3: S3Client) => s3.send(new CreateMultipartUploadCommand({ Bucket, Key: "by-role" }));
    await upload(signing("both", ["kms:GenerateDataKey", "kms:Decrypt"]));
    await expectRefusal(upload(signing("one", ["kms:GenerateDataKey"])), "AccessDenied", 403);
  });

  it("lends a link and a form its own rights, and no more", async () => {
    await put(running().s3);
    const link = (s3: S3Client) =>
      getSignedUrl(s3, new GetObjectCommand({ Bucket, Key: "by-role" }), { expiresIn: 60 });
    expect((await fetch(await link(signing("opens", ["kms:Decrypt"])))).status).toBe(200);
    expect((await fetch(await link(signing("cannot", ["kms:GenerateDataKey"])))).status).toBe(403);
    const post = async (s3: S3Client) => {
      const { url, fields } = await createPresignedPost(s3, { Bucket, Key: "form" });
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set("file", new Blob(["x"]));
      return (await fetch(url, { method: "POST", body: form })).status;
    };
    expect(await post(signing("writes", ["kms:GenerateDataKey"]))).toBe(204);
    expect(await post(signing("does-not", []))).toBe(403);
  });

  it("is bound to the bucket and to S3 by conditions", async () => {
    await put(running().s3);
    const bound = (bucket: string, service: string) => ({
      StringEquals: { "kms:EncryptionContext:aws:s3:arn": `arn:aws:s3:::${bucket}`, "kms:ViaService": service },
    });
    const here = "s3.ap-northeast-1.amazonaws.com";
    expect((await read(signing("bound", ["kms:Decrypt"], bound(Bucket, here)), "by-role")).toString()).toBe("x");
    for (const [name, condition] of [
      ["elsewhere", bound(open, here)],
      ["otherwise", bound(Bucket, "sqs.ap-northeast-1.amazonaws.com")],
    ] as const)
      await expectRefusal(read(signing(name, ["kms:Decrypt"], condition), "by-role"), "AccessDenied", 403);
  });
});
