import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { stage, type Stage } from "./stage.ts";

let here: Stage;
beforeAll(async () => {
  here = await stage();
});
afterAll(() => here.end());

describe("the distribution", () => {
  const at = (path: string, init: RequestInit = {}) => fetch(new URL(path, here.running.endpoints.repositoryUrl), init);
  it("serves the default object with the stored headers", async () => {
    const response = await at("");
    expect([
      response.status,
      await response.text(),
      response.headers.get("content-type"),
      response.headers.get("cache-control"),
    ]).toEqual([200, "<h1>repository</h1>", "text/html", "max-age=10"]);
  });
  it("answers 304 to what the reader has, and HEAD without a body", async () => {
    const etag = (await at("index.html")).headers.get("etag") ?? "";
    expect((await at("index.html", { headers: { "If-None-Match": etag } })).status).toBe(304);
    const head = await at("index.html", { method: "HEAD" });
    expect([head.status, await head.text(), head.headers.get("content-length")]).toEqual([200, "", "19"]);
  });
  it("knows neither other objects nor other methods", async () => {
    expect((await at("none.crl")).status).toBe(404);
    expect((await at("index.html", { method: "PUT", body: "x" })).status).toBe(405);
  });
});

describe("invoking by Lambda's own interface", () => {
  const client = (secretAccessKey = here.running.endpoints.aws.credentials.secretAccessKey) =>
    new LambdaClient({
      region: here.running.endpoints.aws.region,
      endpoint: here.running.endpoints.aws.endpoints.lambda,
      credentials: { ...here.running.endpoints.aws.credentials, secretAccessKey },
      maxAttempts: 1,
    });
  const invoke = (name: string, payload: object, secret?: string) =>
    client(secret).send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }));

  it("gives the result", async () => {
    const { Payload, StatusCode } = await invoke(here.running.endpoints.resources["Echo"] ?? "", { a: 1 });
    expect(StatusCode).toBe(200);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({ body: '{"a":1}' });
  });
  it("marks a failure", async () => {
    const { FunctionError, Payload } = await invoke(here.running.endpoints.resources["Echo"] ?? "", {
      path: "/throws",
    });
    expect(FunctionError).toBe("Unhandled");
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({
      errorType: "Error",
      errorMessage: "broken",
    });
  });
  it("refuses a wrong signature, an unknown name, another call", async () => {
    await expect(invoke("Echo", {}, "wrong")).rejects.toMatchObject({ name: "InvalidSignatureException" });
    await expect(invoke("None", {})).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(
      (
        await fetch(`${here.running.endpoints.aws.endpoints.lambda}/2015-03-31/functions/Echo/invocations`, {
          method: "POST",
        })
      ).status,
    ).toBe(403);
  });
});

describe("consuming a queue", () => {
  const place = () => ({
    region: here.running.endpoints.aws.region,
    credentials: here.running.endpoints.aws.credentials,
  });
  it("deletes what was done, tries the rest again and gives it up to the dead letters", async () => {
    const queues = new SQSClient({ ...place(), endpoint: here.running.endpoints.aws.endpoints.sqs });
    const objects = new S3Client({
      ...place(),
      endpoint: here.running.endpoints.aws.endpoints.s3,
      forcePathStyle: true,
    });
    const { Work, DeadLetters, ResultsBucket } = here.running.endpoints.resources;
    const sent = await Promise.all(
      [false, true].map((fail) =>
        queues.send(new SendMessageCommand({ QueueUrl: Work, MessageBody: JSON.stringify({ fail }) })),
      ),
    );
    const [good, bad] = sent.map(({ MessageId }) => MessageId);
    const dead = await vi.waitFor(
      async () => {
        const { Messages } = await queues.send(
          new ReceiveMessageCommand({ QueueUrl: DeadLetters, WaitTimeSeconds: 1 }),
        );
        expect(Messages).toHaveLength(1);
        return Messages?.[0];
      },
      { timeout: 20_000 },
    );
    expect(dead?.MessageId).toBe(bad);
    const { Contents = [] } = await objects.send(new ListObjectsV2Command({ Bucket: ResultsBucket }));
    expect(new Set(Contents.map(({ Key }) => Key))).toEqual(new Set([`${bad}/1`, `${bad}/2`, `${good}/1`]));
    const { Attributes } = await queues.send(
      new GetQueueAttributesCommand({ QueueUrl: Work, AttributeNames: ["All"] }),
    );
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
    expect(here.reports.filter((line) => line.includes("1 of"))).not.toHaveLength(0);
  });

  it("gets a rate schedule's message soon after the start, with its time", async () => {
    const queues = new SQSClient({ ...place(), endpoint: here.running.endpoints.aws.endpoints.sqs });
    const { Messages } = await queues.send(
      new ReceiveMessageCommand({ QueueUrl: here.running.endpoints.resources["Clock"], WaitTimeSeconds: 10 }),
    );
    const { due } = JSON.parse(Messages?.[0]?.Body ?? "{}") as { due: string };
    expect(due).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Math.abs(Date.parse(due) - Date.now())).toBeLessThan(60_000);
  });
});

describe("metering", () => {
  it("counts the services' calls since the last reset, and both processes' CPU", async () => {
    await here.running.resetMeter();
    await here.askAdmin("/", here.administrator);
    const { calls } = await here.running.meter();
    expect(calls["s3.GetObject"]).toMatchObject({ calls: 1 });
    // The kernel may count in ticks longer than one request: both processes' time is there after some more.
    await vi.waitFor(async () => {
      await here.askAdmin("/", here.administrator);
      const { functionsCpu, servicesCpu } = await here.running.meter();
      expect(functionsCpu.user + functionsCpu.system).toBeGreaterThan(0);
      expect(servicesCpu.user + servicesCpu.system).toBeGreaterThan(0);
    });
  });
});
