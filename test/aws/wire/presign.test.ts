import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import * as fc from "fast-check";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Form, presigning } from "../../../lambdas/aws/wire/presign.ts";
import { containing, useAws } from "../../local/aws/running.ts";
import { environmentOf } from "./environment.ts";

const running = useAws();
const bucket = "files";
const here = () => presigning(bucket, environmentOf(running()));

beforeAll(async () => {
  await running().s3.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterEach(() => void vi.useRealTimers());

/** Stops the clock, and only the clock, at an instant until the work is done. */
function at<T>(instant: number | Date, work: () => T): T {
  vi.useFakeTimers({ toFake: ["Date"], now: instant });
  try {
    return work();
  } finally {
    vi.useRealTimers();
  }
}

const region = "ap-northeast-1";
const who = [
  { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
  { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "s+/=", sessionToken: "IQoJb3JpZ2luX2VjE+/ab==" },
];
type Who = (typeof who)[number];

const environmentWith = ({ accessKeyId, secretAccessKey, sessionToken = "" }: Who): NodeJS.ProcessEnv => ({
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

/** The query that the SDK signs for the same object. */
async function queryOfSdk(credentials: Who, key: string, seconds: number, answer: Record<string, string>, now: Date) {
  const sdk = new SignatureV4({
    credentials,
    region,
    service: "s3",
    sha256: Hash.bind(null, "sha256"),
    applyChecksum: false,
    uriEscapePath: false,
  });
  const hostname = `${bucket}.s3.${region}.amazonaws.com`;
  const request = {
    method: "GET",
    protocol: "https:",
    hostname,
    path: `/${key.split("/").map(encoded).join("/")}`,
    query: Object.fromEntries(Object.entries(answer).map(([name, value]) => [`response-${name}`, value])),
    headers: { host: hostname, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
  };
  const options = {
    signingDate: now,
    expiresIn: seconds,
    unsignableHeaders: new Set(["x-amz-content-sha256"]),
    unhoistableHeaders: new Set(["x-amz-content-sha256"]),
  };
  return (await sdk.presign(request, options)).query;
}

const japanese = "attachment; filename=\"a.zip\"; filename*=UTF-8''%E4%BB%A4%E5%92%8C%20%281%29.zip";
const keys = ["a.csv", "a b", "令和/山田 太郎.p12", "1+1=2&x?#%41", "'()*!~-_.", "a//b/", "/a", "😀"];

describe("link", () => {
  it("is signed as the SDK signs it, with and without a session token", async () => {
    const key = fc.oneof(fc.constantFrom(...keys), fc.string({ minLength: 1, unit: "grapheme" }));
    const answer = fc.record(
      {
        "content-disposition": fc.oneof(fc.constantFrom(japanese, 'attachment; filename="令和.zip"'), fc.string()),
        "cache-control": fc.constantFrom("no-store", "private, max-age=0"),
      },
      { requiredKeys: [] },
    );
    const dates = fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true });
    const terms = fc.integer({ min: 1, max: 604_800 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...who), key, terms, answer, dates, async (credentials, ...asked) => {
        const [key, seconds, answer, now] = asked;
        const link = at(now, () => presigning(bucket, environmentWith(credentials)).link(key, seconds, answer));
        const found = new URL(link);
        expect(found.origin).toBe(`https://${bucket}.s3.${region}.amazonaws.com`);
        const query = found.search.slice(1).split("&");
        const given = query.map((pair) => pair.split("=").map(decodeURIComponent) as [string, string]);
        expect(Object.fromEntries(given)).toEqual(await queryOfSdk(credentials, key, seconds, answer, now));
        expect(given).toHaveLength(new Set(given.map(([name]) => name)).size);
      }),
    );
  });

  it.each(keys)("reads %j from S3 under the name it says", async (Key) => {
    await running().s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `of ${Key}` }));
    const link = here().link(Key, 60, { "content-disposition": japanese, "cache-control": "no-store" });
    const answer = await fetch(link);
    expect(await answer.text()).toBe(`of ${Key}`);
    expect(answer.headers.get("content-disposition")).toBe(japanese);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it("reads nothing when one letter of it is another", async () => {
    await running().s3.send(new PutObjectCommand({ Bucket: bucket, Key: "t1/a.zip", Body: "a" }));
    const link = here().link("t1/a.zip", 60, { "content-disposition": 'attachment; filename="a.zip"' });
    expect((await fetch(link)).status).toBe(200);
    const start = link.indexOf("t1/a.zip");
    const letters = [...link.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index).filter((index) => index >= start);
    expect(letters.length).toBeGreaterThan(250);
    const opened: string[] = [];
    for (const index of letters) {
      const other = link.slice(0, index) + (link[index] === "1" ? "2" : "1") + link.slice(index + 1);
      if ((await fetch(other)).ok) opened.push(other);
    }
    expect(opened).toEqual([]);
  });

  it("reads nothing after its term", async () => {
    await running().s3.send(new PutObjectCommand({ Bucket: bucket, Key: "old", Body: "a" }));
    const before = (ms: number) => fetch(at(Date.now() - ms, () => here().link("old", 60, {})));
    expect((await before(50_000)).status).toBe(200);
    const late = await before(62_000);
    expect([late.status, await late.text()]).toEqual([403, containing("Request has expired")]);
  });
});

async function post({ url, fields }: Form, content: Uint8Array): Promise<{ status: number; body: string }> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", new Blob([Uint8Array.from(content)]), "利用者.csv");
  const answer = await fetch(url, { method: "POST", body: form });
  return { status: answer.status, body: await answer.text() };
}

const policyOf = ({ fields }: Form) =>
  JSON.parse(Buffer.from(fields["Policy"] ?? "", "base64").toString()) as {
    readonly expiration: string;
    readonly conditions: readonly unknown[];
  };

describe("form", () => {
  const key = "t1/令和 +'()*.csv";
  const form = (most = 1000, seconds = 60) => here().form(key, seconds, most);
  const octets = (size: number) => Buffer.alloc(size, "令");
  const kept = async () => {
    const { Body } = await running().s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  it.each([1, 2, 999, 1000])("puts %i of at most 1000 octets under its key", async (size) => {
    expect(await post(form(), octets(size))).toMatchObject({ status: 204 });
    expect(octets(size).equals(await kept())).toBe(true);
  });

  it("puts neither an empty file nor one octet too many", async () => {
    expect(await post(form(), Buffer.from("before"))).toMatchObject({ status: 204 });
    expect(await post(form(), octets(0))).toMatchObject({ status: 400, body: containing("EntityTooSmall") });
    expect(await post(form(), octets(1001))).toMatchObject({ status: 400, body: containing("EntityTooLarge") });
    expect(await post(form(3), octets(4))).toMatchObject({ status: 400, body: containing("EntityTooLarge") });
    expect((await kept()).toString()).toBe("before");
  });

  it("puts nothing under another key, or with a field changed or added", async () => {
    const { url, fields } = form();
    const changed = [
      { ...fields, key: "t2/other.csv" },
      { ...fields, key: `${key}/x` },
      { ...fields, "x-amz-meta-role": "admin" },
      { ...fields, success_action_redirect: "https://evil.example/" },
      { ...fields, "X-Amz-Date": "20200101T000000Z" },
      {
        ...fields,
        "X-Amz-Signature": (fields["X-Amz-Signature"] ?? "").replace(/^./, (one) => (one === "0" ? "1" : "0")),
      },
      {
        ...fields,
        Policy: Buffer.from(JSON.stringify(policyOf(form())).replace("1000", "2000")).toString("base64"),
      },
    ];
    for (const one of changed) expect(await post({ url, fields: one }, octets(10))).toMatchObject({ status: 403 });
    expect(await post({ url, fields }, octets(10))).toMatchObject({ status: 204 });
  });

  it("puts nothing after its term", async () => {
    const before = (ms: number) =>
      post(
        at(Date.now() - ms, () => form()),
        octets(10),
      );
    expect(await before(50_000)).toMatchObject({ status: 204 });
    expect(await before(61_000)).toMatchObject({ status: 403, body: containing("Policy expired") });
  });

  it("puts nothing that another secret has signed", async () => {
    const wrong = presigning(bucket, { ...environmentOf(running()), AWS_SECRET_ACCESS_KEY: "wrong" });
    expect(await post(wrong.form(key, 60, 1000), octets(10))).toMatchObject({
      status: 403,
      body: containing("SignatureDoesNotMatch"),
    });
  });

  it.each(who)("has the address, the fields and the conditions of the SDK's, for $accessKeyId", async (credentials) => {
    const now = new Date("2026-11-22T15:00:00.000Z");
    vi.useFakeTimers({ toFake: ["Date"], now });
    const ours = presigning(bucket, environmentWith(credentials)).form(key, 600, 1000);
    const theirs = await createPresignedPost(new S3Client({ region, credentials }), {
      Bucket: bucket,
      Key: key,
      Conditions: [["content-length-range", 1, 1000]],
      Expires: 600,
    });
    expect(new URL(ours.url).href).toBe(new URL(theirs.url).href);
    // The policy, and with it the signature, may say the same in another order.
    const told = ({ fields: { Policy: _policy, "X-Amz-Signature": _signature, ...others } }: Form) => others;
    expect(told(ours)).toEqual(told(theirs));
    expect(Object.keys(ours.fields).toSorted()).toEqual(Object.keys(theirs.fields).toSorted());
    const [mine, sdks] = [policyOf(ours), policyOf(theirs)];
    expect(Date.parse(mine.expiration)).toBe(Date.parse(sdks.expiration));
    expect(mine.conditions).toHaveLength(sdks.conditions.length);
    expect(mine.conditions).toEqual(expect.arrayContaining([...sdks.conditions]));
  });
});
