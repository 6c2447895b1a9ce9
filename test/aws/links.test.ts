import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { permit } from "../permit.ts";
import { fileLinks, uploadForms, uploadsOrigin } from "../../lambdas/aws/links.ts";
import { s3 } from "../../lambdas/aws/s3.ts";
import { importLimits } from "../../lambdas/contract/imports.ts";
import { containing, matching, useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";

const running = useAws();
const bucket = "files";
const client = () => s3(configOf(running(), "s3"));

beforeAll(async () => {
  await running().s3.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterEach(() => void vi.useRealTimers());

/** Does the work while the clock, and only the clock, shows another instant. */
async function ago<T>(ms: number, work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - ms });
  try {
    return await work();
  } finally {
    vi.useRealTimers();
  }
}

/** A client as on AWS, with temporary credentials. */
const onAws = () =>
  s3({
    region: "ap-northeast-1",
    credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "s+/=", sessionToken: "IQoJb3JpZ2luX2VjE+/ab==" },
  });

describe("a link", () => {
  const link = (key: string, fileName = "a.zip") => fileLinks(client(), bucket)(permit, key, fileName, 60);
  const put = (Key: string) => running().s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `of ${Key}` }));

  it.each(["a.csv", "a b", "令和/山田 太郎.p12", "1+1=2&x?#%41", "'()*!~-_.", "😀"])(
    "reads %j under the name it says, and no cache keeps it",
    async (key) => {
      await put(key);
      const answer = await fetch(await link(key, "t1-j1.zip"));
      expect(await answer.text()).toBe(`of ${key}`);
      expect(answer.headers.get("content-disposition")).toBe('attachment; filename="t1-j1.zip"');
      expect(answer.headers.get("cache-control")).toBe("no-store");
    },
  );

  it("reads nothing when one letter of it is another", async () => {
    await put("t1/a.zip");
    const whole = await link("t1/a.zip");
    expect((await fetch(whole)).status).toBe(200);
    const start = whole.indexOf("t1/a.zip");
    const letters = [...whole.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index).filter((index) => index >= start);
    expect(letters.length).toBeGreaterThan(250);
    const opened: string[] = [];
    for (const index of letters) {
      const other = whole.slice(0, index) + (whole[index] === "1" ? "2" : "1") + whole.slice(index + 1);
      if ((await fetch(other)).ok) opened.push(other);
    }
    expect(opened).toEqual([]);
  });

  it.each(["PUT", "POST", "DELETE", "HEAD", "PATCH"])("does nothing but read: not %s", async (method) => {
    await put("t1/kept.zip");
    const url = await link("t1/kept.zip");
    const answer = await fetch(url, { method, ...(method === "HEAD" ? {} : { body: "x" }) });
    expect(answer.ok).toBe(false);
    expect(await (await fetch(url)).text()).toBe("of t1/kept.zip");
  });

  it.each([
    "response-content-type=text/html",
    "response-content-disposition=inline",
    "versionId=null",
    "x-id=PutObject",
  ])("takes no other word in its query: %s", async (word) => {
    await put("t1/kept.zip");
    const url = await link("t1/kept.zip");
    for (const changed of [`${url}&${word}`, url.replace("?", `?${word}&`)])
      expect((await fetch(changed)).status).toBe(403);
  });

  it("reads nothing after its term", async () => {
    await put("old");
    expect((await fetch(await ago(50_000, () => link("old")))).status).toBe(200);
    const late = await fetch(await ago(62_000, () => link("old")));
    expect([late.status, await late.text()]).toEqual([403, containing("Request has expired")]);
  });

  it("goes to the bucket's own address on AWS, signs for the host alone and asks for no checksum", async () => {
    const found = new URL(await fileLinks(onAws(), bucket)(permit, "t1/a.zip", "a.zip", 60));
    expect(found.origin + found.pathname).toBe(`https://${bucket}.s3.ap-northeast-1.amazonaws.com/t1/a.zip`);
    expect(Object.fromEntries(found.searchParams)).toEqual({
      "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
      "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD",
      "X-Amz-Credential": matching(/^ASIAEXAMPLE\/\d{8}\/ap-northeast-1\/s3\/aws4_request$/),
      "X-Amz-Date": matching(/^\d{8}T\d{6}Z$/),
      "X-Amz-Expires": "60",
      "X-Amz-Security-Token": "IQoJb3JpZ2luX2VjE+/ab==",
      "X-Amz-Signature": matching(/^[0-9a-f]{64}$/),
      "X-Amz-SignedHeaders": "host",
      "response-cache-control": "no-store",
      "response-content-disposition": 'attachment; filename="a.zip"',
      "x-id": "GetObject",
    });
  });
});

type Form = Awaited<ReturnType<ReturnType<typeof uploadForms>>>;

async function post({ url, fields }: Form, content: Uint8Array): Promise<{ status: number; body: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([Uint8Array.from(content)]), "利用者.csv");
  const answer = await fetch(url, { method: "POST", body: form });
  return { status: answer.status, body: await answer.text() };
}

const policyOf = ({ fields }: Form) =>
  JSON.parse(Buffer.from(fields["Policy"] ?? "", "base64").toString()) as { readonly conditions: readonly unknown[] };

describe("a form", () => {
  const key = "t1/令和 +'()*.csv";
  const form = (own = client()) => uploadForms(own, bucket)(key, 60);
  const octets = (size: number) => Buffer.alloc(size, "令");
  const kept = async () => {
    const { Body } = await running().s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  it.each([1, 1000, importLimits.bytes])("puts a file of %i octets under its key", async (size) => {
    expect(await post(await form(), octets(size))).toMatchObject({ status: 204 });
    expect(octets(size).equals(await kept())).toBe(true);
  });

  it("puts neither an empty file nor one octet too many", async () => {
    expect(await post(await form(), Buffer.from("before"))).toMatchObject({ status: 204 });
    expect(await post(await form(), octets(0))).toMatchObject({ status: 400, body: containing("EntityTooSmall") });
    const large = octets(importLimits.bytes + 1);
    expect(await post(await form(), large)).toMatchObject({ status: 400, body: containing("EntityTooLarge") });
    expect((await kept()).toString()).toBe("before");
  });

  it("puts nothing under another key, or with a field changed or added", async () => {
    const { url, fields } = await form();
    const policy = JSON.stringify(policyOf(await form()));
    const changed = [
      { ...fields, key: "t2/other.csv" },
      { ...fields, key: `${key}/x` },
      { ...fields, "x-amz-meta-role": "admin" },
      { ...fields, success_action_redirect: "https://evil.example/" },
      { ...fields, success_action_status: "200" },
      { ...fields, key: "t1/${filename}" },
      { ...fields, key: "" },
      { ...fields, bucket: "other" },
      { ...fields, acl: "public-read" },
      { ...fields, "Content-Type": "text/html" },
      { ...fields, "x-amz-storage-class": "GLACIER" },
      { ...fields, Policy: "" },
      { ...fields, "X-Amz-Date": "20200101T000000Z" },
      {
        ...fields,
        "X-Amz-Signature": (fields["X-Amz-Signature"] ?? "").replace(/^./, (one) => (one === "0" ? "1" : "0")),
      },
      {
        ...fields,
        Policy: Buffer.from(policy.replace(`${importLimits.bytes}`, `${importLimits.bytes}0`)).toString("base64"),
      },
    ];
    for (const one of changed) expect(await post({ url, fields: one }, octets(10))).toMatchObject({ status: 403 });
    expect(await post({ url, fields }, octets(10))).toMatchObject({ status: 204 });
  });

  it("puts nothing after its term", async () => {
    expect(await post(await ago(50_000, form), octets(10))).toMatchObject({ status: 204 });
    const late = await post(await ago(61_000, form), octets(10));
    expect(late).toMatchObject({ status: 403, body: containing("Policy expired") });
  });

  it("puts nothing that another secret has signed", async () => {
    const { configuration } = running();
    const wrong = s3({
      ...configOf(running(), "s3"),
      credentials: { ...configuration.credentials, secretAccessKey: "wrong" },
    });
    expect(await post(await form(wrong), octets(10))).toMatchObject({
      status: 403,
      body: containing("SignatureDoesNotMatch"),
    });
  });

  it("goes to the bucket's own address on AWS, which the site's policy names", async () => {
    const { url, fields } = await form(onAws());
    expect(new URL(url).href).toBe(`https://${bucket}.s3.ap-northeast-1.amazonaws.com/`);
    expect(await uploadsOrigin(onAws(), bucket)).toBe(new URL(url).origin);
    expect(Object.keys(fields).toSorted()).toEqual([
      "Policy",
      "X-Amz-Algorithm",
      "X-Amz-Credential",
      "X-Amz-Date",
      "X-Amz-Security-Token",
      "X-Amz-Signature",
      "bucket",
      "key",
    ]);
  });
});
