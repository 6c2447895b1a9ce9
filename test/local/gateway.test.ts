import { Agent } from "node:https";
import { connect } from "node:tls";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { certify, presenting } from "./client-certificates.ts";
import { anyNumber, matching } from "./matching.ts";
import { stage, type Ask, type Stage } from "./stage.ts";

let here: Stage;
beforeAll(async () => {
  here = await stage();
});
afterAll(() => here.end());

const admin: Ask = (path, options = {}, body) => here.askAdmin(path, { ...here.administrator, ...options }, body);

describe("presenting a client certificate", () => {
  it("lets in one that the trust store's authority signed", async () => {
    expect((await admin("/echo/1")).status).toBe(200);
  });

  it("ends the connection when there is none", async () => {
    await expect(here.askAdmin("/echo/1")).rejects.toMatchObject({ code: "ECONNRESET" });
  });

  it.each([
    ["self-signed", async () => presenting(await certify("CN=Saburo", undefined))],
    [
      "signed by another authority of the same name",
      async () => presenting(await certify("CN=Saburo", await certify("CN=Admins", undefined, { ca: true }))),
    ],
    ["expired", async () => presenting(await certify("CN=Saburo", here.admins, { hours: -1 }))],
    [
      "signed by a sister authority that the client brings along",
      async () => {
        const sister = await certify("CN=Subscribers", here.root, { ca: true });
        return presenting(await certify("CN=Saburo", sister), sister);
      },
    ],
  ])("answers 403 to one that is %s", async (_, make) => {
    const answer = await here.askAdmin("/echo/1", await make());
    expect(answer).toMatchObject({
      status: 403,
      text: '{"message":"Forbidden"}',
      headers: { "x-amzn-errortype": "ForbiddenException" },
    });
  });

  it("counts in a resumed session too", async () => {
    const agent = new Agent({ keepAlive: false });
    const reused: boolean[] = [];
    for (const _ of [1, 2]) {
      // One agent for both: it keeps the session, not the connection.
      const answer = await admin("/echo/1", { agent });
      expect(JSON.parse(answer.text)).toMatchObject({
        requestContext: { identity: { clientCert: { subjectDN: "CN=Saburo,O=Reiwa,C=JP" } } },
      });
      reused.push(answer.resumed);
    }
    expect(reused).toEqual([false, true]);
  });

  it("is not asked for on the other site", async () => {
    expect((await here.askDownload("/echo/1", { method: "POST" })).status).toBe(200);
  });

  it("is checked by servers that speak TLS 1.2 and later only", async () => {
    const port = Number(new URL(here.running.endpoints.adminUrl).port);
    const old = new Promise((resolve, reject) => {
      const socket = connect(
        {
          port,
          host: "localhost",
          maxVersion: "TLSv1.1",
          minVersion: "TLSv1",
          ciphers: "DEFAULT@SECLEVEL=0",
          rejectUnauthorized: false,
          ...here.administrator,
        },
        () => resolve(socket.getProtocol()),
      );
      socket.on("error", reject);
    });
    await expect(old).rejects.toMatchObject({ code: "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION" });
  });
});

describe("calling a function through the gateway", () => {
  it("hands over API Gateway's event", async () => {
    const { text } = await admin(
      "/echo/a%20b?x=1&x=2&y=%E5%89%B2",
      {
        method: "PUT",
        headers: { "X-Forwarded-For": "203.0.113.9", "X-Own": ["a", "b"], "Content-Type": "application/json" },
      },
      '{"n":1}',
    );
    const event = JSON.parse(text) as Record<string, unknown>;
    const { host } = new URL(here.running.endpoints.adminUrl);
    expect(event).toMatchObject({
      resource: "/echo/{id}",
      path: "/echo/a%20b",
      httpMethod: "PUT",
      headers: { "X-Own": "b", Host: host, "X-Forwarded-For": "203.0.113.9, 127.0.0.1" },
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
        requestTimeEpoch: anyNumber(),
        identity: {
          sourceIp: "127.0.0.1",
          clientCert: {
            subjectDN: "CN=Saburo,O=Reiwa,C=JP",
            issuerDN: "CN=Admins",
            clientCertPem: matching(/^-----BEGIN CERTIFICATE-----\n/),
            serialNumber: matching(/^5[0-9a-f](:[0-9a-f]{2}){15}$/),
            validity: { notBefore: matching(/GMT$/), notAfter: matching(/GMT$/) },
          },
        },
      },
    });
  });

  it("takes names that every object has for names like any other", async () => {
    const { text } = await admin("/echo/x?__proto__=1&constructor=2&toString=3", {
      headers: { constructor: "a", "has-own-property": "b" },
    });
    const event = JSON.parse(text) as Record<string, Record<string, string>>;
    expect(Object.entries(event["queryStringParameters"] ?? {})).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
      ["toString", "3"],
    ]);
    expect(Object.entries(event["headers"] ?? {})).toContainEqual(["constructor", "a"]);
  });

  it("gives null for what is not there", async () => {
    const { text } = await admin("/echo/fixed");
    expect(JSON.parse(text)).toMatchObject({
      resource: "/echo/fixed",
      pathParameters: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      body: null,
    });
  });

  it("sends every value of a header", async () => {
    expect((await admin("/echo/1")).headers["set-cookie"]).toEqual(["a=1", "b=2"]);
  });

  it("hands binary bodies over in base64", async () => {
    const { text } = await here.askDownload(
      "/echo/x/y",
      { method: "POST", headers: { "Content-Type": "application/octet-stream" } },
      Buffer.from([0, 255, 1]),
    );
    expect(JSON.parse(text)).toMatchObject({ isBase64Encoded: true, body: "AP8B", pathParameters: { rest: "x/y" } });
  });

  const answering = (reply: object, headers = {}) =>
    here.askDownload("/answer", { method: "POST", headers }, JSON.stringify(reply));
  it("decodes an answer in base64 for a binary media type alone", async () => {
    const reply = { statusCode: 201, body: Buffer.from("bytes").toString("base64"), isBase64Encoded: true };
    expect(await answering({ ...reply, headers: { "content-type": "application/octet-stream" } })).toMatchObject({
      status: 201,
      text: "bytes",
    });
    expect(await answering({ ...reply, headers: { "content-type": "text/plain" } })).toMatchObject({
      text: "Ynl0ZXM=",
    });
  });

  it("calls an answer without a content type JSON", async () => {
    expect((await answering({ statusCode: 200, body: "{}" })).headers["content-type"]).toBe("application/json");
  });

  it.each(["/malformed", "/throws"])("answers 502 when the function is %s", async (path) => {
    expect(await here.askDownload(path)).toMatchObject({ status: 502, text: '{"message":"Internal server error"}' });
    expect(here.reports.at(-1)).toContain(`GET ${path} → 502: Echo`);
  });

  it("answers 504 when the integration's time is over", async () => {
    expect(await here.askDownload("/slow")).toMatchObject({
      status: 504,
      text: '{"message":"Endpoint request timed out"}',
    });
  });

  it("answers 413 to more than 10 MB", async () => {
    const answer = await here
      .askDownload("/answer", { method: "POST" }, "x".repeat(10 * 1024 * 1024 + 1))
      .catch((error: unknown) => (error as NodeJS.ErrnoException).code);
    // The client may see the closed connection before the answer.
    expect(
      typeof answer === "string" ? { status: answer === "EPIPE" || answer === "ECONNRESET" ? 413 : answer } : answer,
    ).toMatchObject({ status: 413 });
  });

  it.each([
    ["GET", "/nothing"],
    ["DELETE", "/answer"],
    ["POST", "/echo"],
  ])("answers 403 to %s %s, which has no route", async (method, path) => {
    expect(await here.askDownload(path, { method })).toMatchObject({
      status: 403,
      text: '{"message":"Missing Authentication Token"}',
      headers: { "x-amzn-errortype": "MissingAuthenticationTokenException" },
    });
  });

  it("answers by the gateway response's template for the type that Accept names first, else by the one for JSON", async () => {
    const answer = { status: 404, headers: { "content-type": "text/html; charset=utf-8" } };
    const asking = async (Accept: string, method = "GET") => admin("/nothing", { method, headers: { Accept } });
    for (const accept of ["text/html", "text/html,application/xhtml+xml,*/*;q=0.8"]) {
      expect(await asking(accept)).toMatchObject({ ...answer, text: "<h1>見つかりません</h1>" });
    }
    for (const accept of ["application/json", "*/*", "text/plain"]) {
      expect(await asking(accept)).toMatchObject({ ...answer, text: '{"status":404}' });
    }
    expect(await asking("text/html", "HEAD")).toMatchObject({ ...answer, text: "" });
    // There is no API behind another name, and so none of its answers.
    const other = { servername: "", headers: { Host: "evil.example" }, checkServerIdentity: () => undefined };
    expect(await admin("/nothing", other)).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });

  it("answers 403 under another host name", async () => {
    expect(
      await here.askDownload("/echo/1", {
        method: "POST",
        servername: "",
        headers: { Host: "evil.example" },
        checkServerIdentity: () => undefined,
      }),
    ).toMatchObject({ status: 403, text: '{"message":"Forbidden"}' });
  });
});

describe("reading a bucket through the gateway", () => {
  it("maps stored, fixed and metadata headers, and no others", async () => {
    const answer = await admin("/");
    expect(answer).toMatchObject({
      status: 200,
      text: "<h1>site</h1>",
      headers: {
        "content-type": "text/html",
        "content-security-policy": "default-src 'self'",
        "x-frame-options": "DENY",
      },
    });
    expect(answer.headers).not.toHaveProperty("etag");
    expect(answer.headers).not.toHaveProperty("content-encoding");
  });

  it("answers HEAD with the headers alone", async () => {
    expect(await admin("/", { method: "HEAD" })).toMatchObject({
      status: 200,
      text: "",
      headers: { "content-type": "text/html", "x-frame-options": "DENY", "content-length": "13" },
    });
  });

  it("keeps an answer's text as it is only when that is said, or no binary type is asked for", async () => {
    const headers = { Accept: "text/html,*/*;q=0.8" };
    expect((await admin("/none")).text).toBe("no such page");
    expect((await admin("/none", { headers })).text).toBe(Buffer.from("no such page", "base64").toString());
    expect((await admin("/none-as-text", { headers })).text).toBe("no such page");
  });

  it("takes the path's rest as the key", async () => {
    expect(await admin("/assets/a/b.js")).toMatchObject({
      status: 200,
      text: "alert",
      headers: { "content-encoding": "br" },
    });
  });

  it("picks the answer by the status", async () => {
    expect(await admin("/assets/none.js")).toMatchObject({
      status: 404,
      text: "no such page",
      headers: { "content-type": "text/plain" },
    });
  });

  it("does not leave the key's folder", async () => {
    expect((await admin("/assets/..%2Findex.html")).status).toBe(404);
  });
});
