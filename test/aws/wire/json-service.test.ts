import { describe, expect, it, vi } from "vitest";
import { dynamo } from "../../../lambdas/aws/wire/dynamo.ts";
import { jsonService } from "../../../lambdas/aws/wire/json-service.ts";
import { json, type Reply, reset, scripted, silence } from "./scripted.ts";

const of = (environment: NodeJS.ProcessEnv) =>
  jsonService({ service: "dynamodb", target: "DynamoDB_20120810", version: "1.0" }, environment);
const refused = (type: string) => json(400, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "m" });
const html: Reply = (response) => void response.writeHead(502).end("<html></html>");

describe("a call", () => {
  it("names its operation and its host, and gives the output", async () => {
    await using server = await scripted(json(200, { Item: { a: { S: "令和" } } }));
    expect(await of(server.environment)("GetItem", { Key: { a: { S: "b" } } })).toEqual({ Item: { a: { S: "令和" } } });
    expect(server.received).toMatchObject([
      {
        body: '{"Key":{"a":{"S":"b"}}}',
        headers: {
          host: new URL(server.url).host,
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "DynamoDB_20120810.GetItem",
        },
      },
    ]);
  });

  it.each<[string, Reply]>([
    ["overload", refused("ThrottlingException")],
    ["a broken service", json(500, { __type: "InternalServerError" })],
    ["a broken proxy", html],
    ["a reset", reset],
  ])("is repeated after %s, the same but for its date", async (_, reply) => {
    await using server = await scripted(reply, reply, json(200, { a: 1 }));
    expect(await of(server.environment)("GetItem", { a: "b" })).toEqual({ a: 1 });
    expect(server.received.map(({ body }) => body)).toEqual(Array.from({ length: 3 }, () => '{"a":"b"}'));
  });

  it.each<[string, Reply, object]>([
    ["overload", refused("ProvisionedThroughputExceededException"), { name: "ProvisionedThroughputExceededException" }],
    ["a broken service", json(503, {}), { name: "HTTP 503", status: 503 }],
    ["a broken proxy", html, { name: "HTTP 502", status: 502 }],
    ["a reset", reset, { code: "ECONNRESET" }],
  ])("is given up after %s three times", async (_, reply, error) => {
    await using server = await scripted(reply, reply, reply);
    await expect(of(server.environment)("GetItem", {})).rejects.toMatchObject(error);
    expect(server.received).toHaveLength(3);
  });

  it.each<[string, Reply, object]>([
    ["is invalid", refused("ValidationException"), { name: "ValidationException", message: "ValidationException: m" }],
    ["is not known", json(501, { __type: "NotImplemented" }), { name: "NotImplemented", status: 501 }],
    ["is answered in HTML", (response) => response.end("<html></html>"), { name: "HTTP 200", status: 200 }],
  ])("that %s is not repeated", async (_, reply, error) => {
    await using server = await scripted(reply);
    await expect(of(server.environment)("GetItem", {})).rejects.toMatchObject(error);
    expect(server.received).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ["while it waits for an answer", silence],
    ["between two tries", refused("ThrottlingException")],
    // Within less than the patience of a call.
  ])("ends when its signal says so, %s", { timeout: 4_000 }, async (_, reply) => {
    await using server = await scripted(reply, reply, reply);
    const ending = new AbortController();
    const call = of(server.environment)("GetItem", {}, ending.signal);
    await vi.waitUntil(() => server.received.length > 0, { interval: 1 });
    ending.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(server.received.length).toBeLessThan(3);
  });

  it("is repeated after silence", { timeout: 20_000 }, async () => {
    await using server = await scripted(silence, json(200, { a: 1 }));
    expect(await of(server.environment)("GetItem", {})).toEqual({ a: 1 });
  });

  it("outlives any number of kept connections that have died", async () => {
    const kept = new Set<number>();
    const unlessKept: Reply = (response, received) => {
      (kept.has(received.port) ? reset : json(200, {}))(response, received);
    };
    const begun: (() => void)[] = [];
    const together: Reply = (response, received) => {
      kept.add(received.port);
      begun.push(() => json(200, {})(response, received));
      if (begun.length === 6) for (const end of begun) end();
    };
    await using server = await scripted(
      ...Array.from({ length: 6 }, () => together),
      ...Array.from({ length: 3 }, () => unlessKept),
    );
    const call = of(server.environment);
    await Promise.all(Array.from({ length: 6 }, () => call("GetItem", {})));
    expect(kept.size).toBe(6);
    await call("GetItem", {});
    expect(server.received).toHaveLength(8);
  });

  it("carries what Lambda says of the invocation, unsigned", async () => {
    await using server = await scripted();
    const environment = { ...server.environment };
    const call = of(environment);
    for (const trace of ["Root=1-a", "Root=1-b", ""]) {
      environment["_X_AMZN_TRACE_ID"] = trace;
      await call("GetItem", {});
    }
    expect(server.received.map(({ headers }) => headers["x-amzn-trace-id"])).toEqual([
      "Root=1-a",
      "Root=1-b",
      undefined,
    ]);
    for (const { headers } of server.received) expect(headers.authorization).not.toContain("trace");
  });

  it("needs region and credentials, and names what is missing", () => {
    for (const name of ["AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
      const given = { AWS_REGION: "r", AWS_ACCESS_KEY_ID: "i", AWS_SECRET_ACCESS_KEY: "s", [name]: undefined };
      expect(() => of(given)).toThrow(name);
    }
  });
});

describe("a transaction", () => {
  it("is repeated under its token; the next one has its own", async () => {
    await using server = await scripted(reset, refused("TransactionInProgressException"));
    const client = dynamo(server.environment);
    const TransactItems = [{ Put: { TableName: "t", Item: { pk: "a" } } }];
    await client.transact({ TransactItems });
    await client.transact({ TransactItems });
    const tokens = server.received.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens[0]).toMatch(/^[\da-f-]{36}$/);
    expect(tokens.slice(0, 3)).toEqual([tokens[0], tokens[0], tokens[0]]);
    expect(tokens[3]).not.toBe(tokens[0]);
  });
});
