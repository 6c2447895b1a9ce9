import { CreateBucketCommand, GetObjectCommand, S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { createPresignedPost, type PresignedPostOptions } from "@aws-sdk/s3-presigned-post";
import { beforeAll, describe, expect, it } from "vitest";
import { containing, useAws } from "./running.ts";

const running = useAws();
const Bucket = "uploads";

beforeAll(async () => {
  await running().s3.send(new CreateBucketCommand({ Bucket }));
});

const presign = async (more: Partial<PresignedPostOptions> = {}, client: Partial<S3ClientConfig> = {}) => {
  const { configuration, urls } = running();
  const { region, credentials } = configuration;
  const s3 = new S3Client({ region, credentials, endpoint: urls.s3, ...client });
  return createPresignedPost(s3, {
    Bucket,
    Key: "t1/job.csv",
    Conditions: [
      ["content-length-range", 3, 10],
      ["starts-with", "$Content-Type", "text/"],
    ],
    Expires: 60,
    ...more,
  });
};

const post = async (
  { url, fields }: Awaited<ReturnType<typeof presign>>,
  content: string,
  more: Record<string, string> = {},
): Promise<{ status: number; body: string }> => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ "Content-Type": "text/csv", ...fields, ...more })) form.set(name, value);
  form.set("file", new Blob([content]), "名前.csv");
  const answer = await fetch(url, { method: "POST", body: form });
  return { status: answer.status, body: await answer.text() };
};

const read = async (Key: string) => running().s3.send(new GetObjectCommand({ Bucket, Key }));

describe("a browser upload", () => {
  it("stores the file under the key and type of the form", async () => {
    expect((await post(await presign(), "a,b\r\n--1")).status).toBe(204);
    const found = await read("t1/job.csv");
    expect(found.ContentType).toBe("text/csv");
    expect(await found.Body?.transformToString()).toBe("a,b\r\n--1");
  });

  it("puts the name of the file where the key asks for it", async () => {
    expect((await post(await presign({ Key: "t1/${filename}" }), "abc")).status).toBe(204);
    expect(await (await read("t1/名前.csv")).Body?.transformToString()).toBe("abc");
  });

  it("answers as success_action_status asks", async () => {
    const order = await presign({ Fields: { success_action_status: "201" } });
    const { status, body } = await post(order, "abc");
    expect(status).toBe(201);
    expect(body).toContain("<Key>t1/job.csv</Key>");
  });

  it("has a size within the range of the policy", async () => {
    const large = await post(await presign({ Key: "size" }), "12345678901");
    expect(large).toMatchObject({ status: 400, body: containing("EntityTooLarge") });
    const huge = await post(await presign({ Key: "size" }), "x".repeat(20_000_000));
    expect(huge).toMatchObject({ status: 400, body: containing("EntityTooLarge") });
    const small = await post(await presign({ Key: "size" }), "12");
    expect(small).toMatchObject({ status: 400, body: containing("EntityTooSmall") });
    await expect(read("size")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  it("is refused where a condition does not hold", async () => {
    const type = await post(await presign(), "abc", { "Content-Type": "image/png" });
    expect(type).toMatchObject({ status: 403, body: containing("Policy Condition failed") });
    const key = await post(await presign(), "abc", { key: "t2/job.csv" });
    expect(key).toMatchObject({ status: 403, body: containing("Policy Condition failed") });
  });

  it("is refused with a field that no condition mentions", async () => {
    const extra = await post(await presign(), "abc", { "x-amz-meta-role": "admin" });
    expect(extra).toMatchObject({ status: 403, body: containing("Extra input fields") });
  });

  it("is refused with an expired policy", async () => {
    const expired = await post(await presign({ Expires: -1 }), "abc");
    expect(expired).toMatchObject({ status: 403, body: containing("Policy expired") });
  });

  it("is refused with a policy signed by another secret, or none", async () => {
    const credentials = { ...running().configuration.credentials, secretAccessKey: "wrong" };
    const wrong = await post(await presign({}, { credentials }), "abc");
    expect(wrong).toMatchObject({ status: 403, body: containing("SignatureDoesNotMatch") });
    const { url } = await presign();
    expect(await post({ url, fields: { key: "a" } }, "abc")).toMatchObject({ status: 403 });
  });

  it("is refused with a changed policy", async () => {
    const order = await presign();
    const policy = Buffer.from(order.fields["Policy"] ?? "", "base64")
      .toString()
      .replace(",10]", ",99]");
    const fields = { ...order.fields, Policy: Buffer.from(policy).toString("base64") };
    expect(await post({ url: order.url, fields }, "12345678901")).toMatchObject({ status: 403 });
  });
});
