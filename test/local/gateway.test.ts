import { readFileSync } from "node:fs";
import { request, type RequestOptions } from "node:https";
import { connect } from "node:tls";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { run, type Running } from "../../lib/local/run.ts";
import { temporaryFolder } from "./assembly.ts";
import { certify, pem, presenting } from "./client-certificates.ts";
import { specimen } from "./specimen.ts";

const folder = temporaryFolder();
const reports: string[] = [];
let running: Running;
let root: Awaited<ReturnType<typeof certify>>;
let admins: typeof root;
let administrator: { cert: string; key: string };

beforeAll(async () => {
  root = await certify("CN=Root", undefined, { ca: true });
  admins = await certify("CN=Admins", root, { ca: true });
  administrator = await presenting(await certify("C=JP,O=Reiwa,CN=Saburo", admins));
  running = await run({
    dataDirectory: `${folder.path}/data`,
    portBase: 0,
    empty: true,
    assembly: specimen(folder.path, pem(root, admins)),
    report: (line) => reports.push(line),
  });
});
afterAll(async () => {
  await running.stop();
  folder[Symbol.dispose]();
});

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

/** Asks one of the two sites; rejects with the error of the connection. */
const ask = (site: "adminUrl" | "downloadUrl", path: string, options: RequestOptions = {}, body?: string | Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const url = new URL(running.endpoints[site]);
    const sent = request(
      { host: url.hostname, port: url.port, path, ca: readFileSync(running.endpoints.serverCaPem), agent: false, ...options },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
const admin = (path: string, options: RequestOptions = {}, body?: string) => ask("adminUrl", path, { ...administrator, ...options }, body);

describe("presenting a client certificate", () => {
  it("lets in one that the trust store's authority signed", async () => {
    expect((await admin("/echo/1")).status).toBe(200);
  });

  it("ends the connection when there is none", async () => {
    await expect(ask("adminUrl", "/echo/1")).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it.each([
    ["self-signed", async () => presenting(await certify("CN=Saburo", undefined))],
    ["signed by another authority of the same name", async () => presenting(await certify("CN=Saburo", await certify("CN=Admins", undefined, { ca: true })))],
    ["expired", async () => presenting(await certify("CN=Saburo", admins, { hours: -1 }))],
    ["signed by a sister authority that the client brings along", async () => {
      const sister = await certify("CN=Subscribers", root, { ca: true });
      return presenting(await certify("CN=Saburo", sister), sister);
    }],
  ])("answers 403 to one that is %s", async (_, make) => {
    const answer = await ask("adminUrl", "/echo/1", await make());
    expect(answer).toMatchObject({ status: 403, text: '{"message":"Forbidden"}', headers: { "x-amzn-errortype": "ForbiddenException" } });
  });

  it("is not asked for on the other site", async () => {
    expect((await ask("downloadUrl", "/echo/1", { method: "POST" })).status).toBe(200);
  });

  it("is checked by servers that speak TLS 1.2 and later only", async () => {
    const port = Number(new URL(running.endpoints.adminUrl).port);
    const old = new Promise((resolve, reject) => {
      const socket = connect({ port, host: "localhost", maxVersion: "TLSv1.1", minVersion: "TLSv1", ciphers: "DEFAULT@SECLEVEL=0", rejectUnauthorized: false, ...administrator }, () => resolve(socket.getProtocol()));
      socket.on("error", reject);
    });
    await expect(old).rejects.toMatchObject({ code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" });
  });
});

describe("calling a function through the gateway", () => {
  it("hands over API Gateway's event", async () => {
    const { text } = await admin("/echo/a%20b?x=1&x=2&y=%E5%89%B2", { method: "PUT", headers: { "X-Forwarded-For": "203.0.113.9", "X-Own": ["a", "b"], "Content-Type": "application/json" } }, '{"n":1}');
    const event = JSON.parse(text) as Record<string, unknown>;
    const { host } = new URL(running.endpoints.adminUrl);
    expect(event).toMatchObject({
      resource: "/echo/{id}",
      path: "/echo/a%20b",
      httpMethod: "PUT",
      headers: { "X-Own": "b", host, "X-Forwarded-For": "203.0.113.9, 127.0.0.1" },
      multiValueHeaders: { "X-Own": ["a", "b"], "X-Forwarded-For": ["203.0.113.9, 127.0.0.1"] },
      queryStringParameters: { x: "2", y: "割" },
      multiValueQueryStringParameters: { x: ["1", "2"], y: ["割"] },
      pathParameters: { id: "a b" },
      stageVariables: null,
      body: '{"n":1}',
      isBase64Encoded: false,
      requestContext: {
        accountId: "000000000000",
        stage: "live",
        domainName: host,
        httpMethod: "PUT",
        resourcePath: "/echo/{id}",
        requestTimeEpoch: expect.any(Number),
        identity: {
          sourceIp: "127.0.0.1",
          clientCert: { subjectDN: "CN=Saburo,O=Reiwa,C=JP", issuerDN: "CN=Admins", clientCertPem: expect.stringMatching(/^-----BEGIN CERTIFICATE-----\n/), serialNumber: expect.stringMatching(/^5[0-9a-f](:[0-9a-f]{2}){15}$/), validity: { notBefore: expect.stringMatching(/GMT$/), notAfter: expect.stringMatching(/GMT$/) } },
        },
      },
    });
  });

  it("gives null for what is not there", async () => {
    const { text } = await admin("/echo/fixed");
    expect(JSON.parse(text)).toMatchObject({ resource: "/echo/fixed", pathParameters: null, queryStringParameters: null, multiValueQueryStringParameters: null, body: null });
  });

  it("sends every value of a header", async () => {
    expect((await admin("/echo/1")).headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  });

  it("hands binary bodies over in base64", async () => {
    const { text } = await ask("downloadUrl", "/echo/x/y", { method: "POST", headers: { "Content-Type": "application/octet-stream" } }, Buffer.from([0, 255, 1]));
    expect(JSON.parse(text)).toMatchObject({ isBase64Encoded: true, body: "AP8B", pathParameters: { rest: "x/y" } });
  });

  const answering = (reply: object, headers = {}) => ask("downloadUrl", "/answer", { method: "POST", headers }, JSON.stringify(reply));
  it("decodes an answer in base64 for a binary media type alone", async () => {
    const reply = { statusCode: 201, body: Buffer.from("bytes").toString("base64"), isBase64Encoded: true };
    expect(await answering({ ...reply, headers: { "content-type": "application/octet-stream" } })).toMatchObject({ status: 201, text: "bytes" });
    expect(await answering({ ...reply, headers: { "content-type": "text/plain" } })).toMatchObject({ text: "Ynl0ZXM=" });
  });

  it("calls an answer without a content type JSON", async () => {
    expect((await answering({ statusCode: 200, body: "{}" })).headers["content-type"]).toBe("application/json");
  });

  it.each(["/malformed", "/throws"])("answers 502 when the function is %s", async (path) => {
    expect(await ask("downloadUrl", path)).toMatchObject({ status: 502, text: '{"message":"Internal server error"}' });
    expect(reports.at(-1)).toContain(`GET ${path} → 502: Echo`);
  });

  it("answers 504 when the integration's time is over", async () => {
    expect(await ask("downloadUrl", "/slow")).toMatchObject({ status: 504, text: '{"message":"Endpoint request timed out"}' });
  });

  it("answers 413 to more than 10 MB", async () => {
    const answer = await ask("downloadUrl", "/answer", { method: "POST" }, "x".repeat(10 * 1024 * 1024 + 1)).catch((error: NodeJS.ErrnoException) => error.code);
    // The client may see the closed connection before the answer.
    expect(typeof answer === "string" ? { status: answer === "EPIPE" || answer === "ECONNRESET" ? 413 : answer } : answer).toMatchObject({ status: 413 });
  });

  it.each([["GET", "/nothing"], ["DELETE", "/answer"], ["POST", "/echo"]])("answers 403 to %s %s, which has no route", async (method, path) => {
    expect(await ask("downloadUrl", path, { method })).toMatchObject({ status: 403, text: '{"message":"Missing Authentication Token"}', headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" } });
  });

  it("answers 403 under another host name", async () => {
    expect(await ask("downloadUrl", "/echo/1", { method: "POST", headers: { Host: "evil.example" } })).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });
});

describe("reading a bucket through the gateway", () => {
  it("maps stored, fixed and metadata headers, and no others", async () => {
    const answer = await admin("/");
    expect(answer).toMatchObject({ status: 200, text: "<h1>site</h1>", headers: { "content-type": "text/html", "content-security-policy": "default-src 'self'", "x-frame-options": "DENY" } });
    expect(answer.headers).not.toHaveProperty("etag");
    expect(answer.headers).not.toHaveProperty("content-encoding");
  });

  it("takes the path's rest as the key", async () => {
    expect(await admin("/assets/a/b.js")).toMatchObject({ status: 200, text: "alert", headers: { "content-encoding": "br" } });
  });

  it("picks the answer by the status", async () => {
    expect(await admin("/assets/none.js")).toMatchObject({ status: 404, text: "no such page", headers: { "content-type": "text/plain" } });
  });

  it("does not leave the key's folder", async () => {
    expect((await admin("/assets/..%2Findex.html")).status).toBe(404);
  });
});

describe("the distribution", () => {
  const at = (path: string, init: RequestInit = {}) => fetch(new URL(path, running.endpoints.repositoryUrl), init);
  it("serves the default object with the stored headers", async () => {
    const response = await at("");
    expect([response.status, await response.text(), response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([200, "<h1>repository</h1>", "text/html", "max-age=10"]);
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
  const client = (secretAccessKey = running.endpoints.aws.credentials.secretAccessKey) =>
    new LambdaClient({ region: running.endpoints.aws.region, endpoint: running.endpoints.aws.endpoints.lambda, credentials: { ...running.endpoints.aws.credentials, secretAccessKey }, maxAttempts: 1 });
  const invoke = (name: string, payload: object, secret?: string) => client(secret).send(new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(payload) }));

  it("gives the result", async () => {
    const { Payload, StatusCode } = await invoke(running.endpoints.resources["Echo"] ?? "", { a: 1 });
    expect(StatusCode).toBe(200);
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({ body: '{"a":1}' });
  });
  it("marks a failure", async () => {
    const { FunctionError, Payload } = await invoke(running.endpoints.resources["Echo"] ?? "", { path: "/throws" });
    expect(FunctionError).toBe("Unhandled");
    expect(JSON.parse(Payload?.transformToString() ?? "")).toMatchObject({ errorType: "Error", errorMessage: "broken" });
  });
  it("refuses a wrong signature, an unknown name, another call", async () => {
    await expect(invoke("Echo", {}, "wrong")).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
    await expect(invoke("None", {})).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect((await fetch(`${running.endpoints.aws.endpoints.lambda}/2015-03-31/functions/Echo/invocations`, { method: "POST" })).status).toBe(403);
  });
});

describe("consuming a queue", () => {
  const place = () => ({ region: running.endpoints.aws.region, credentials: running.endpoints.aws.credentials });
  it("deletes what was done, tries the rest again and gives it up to the dead letters", async () => {
    const queues = new SQSClient({ ...place(), endpoint: running.endpoints.aws.endpoints.sqs });
    const objects = new S3Client({ ...place(), endpoint: running.endpoints.aws.endpoints.s3, forcePathStyle: true });
    const { Work, DeadLetters, ResultsBucket } = running.endpoints.resources;
    const sent = await Promise.all([false, true].map((fail) => queues.send(new SendMessageCommand({ QueueUrl: Work, MessageBody: JSON.stringify({ fail }) }))));
    const [good, bad] = sent.map(({ MessageId }) => MessageId);
    const dead = await vi.waitFor(
      async () => {
        const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl: DeadLetters, WaitTimeSeconds: 1 }));
        expect(Messages).toHaveLength(1);
        return Messages?.[0];
      },
      { timeout: 20_000 },
    );
    expect(dead?.MessageId).toBe(bad);
    const { Contents = [] } = await objects.send(new ListObjectsV2Command({ Bucket: ResultsBucket }));
    expect(Contents.map(({ Key }) => Key).toSorted()).toEqual([`${bad}/1`, `${bad}/2`, `${good}/1`].toSorted());
    const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl: Work, AttributeNames: ["All"] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: "0", ApproximateNumberOfMessagesNotVisible: "0" });
    expect(reports.filter((line) => line.includes("1 of"))).not.toHaveLength(0);
  });

  it("gets a rate schedule's message soon after the start, with its time", async () => {
    const queues = new SQSClient({ ...place(), endpoint: running.endpoints.aws.endpoints.sqs });
    const { Messages } = await queues.send(new ReceiveMessageCommand({ QueueUrl: running.endpoints.resources["Clock"], WaitTimeSeconds: 10 }));
    const { due } = JSON.parse(Messages?.[0]?.Body ?? "{}") as { due: string };
    expect(due).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Math.abs(Date.parse(due) - Date.now())).toBeLessThan(60_000);
  });
});

describe("metering", () => {
  it("counts the services' calls since the last reset, and both processes' CPU", async () => {
    await running.resetMeter();
    await admin("/");
    const { calls, functionsCpu, servicesCpu } = await running.meter();
    expect(calls["s3.GetObject"]).toMatchObject({ calls: 1 });
    expect(functionsCpu.user).toBeGreaterThan(0);
    expect(servicesCpu.user).toBeGreaterThan(0);
  });
});
