import { describe, expect, it } from "vitest";
import { poster } from "../../../lambdas/aws/wire/post.ts";
import { json, type Reply, reset, scripted, silence } from "./scripted.ts";

const cutShort =
  (then: Reply): Reply =>
  (response, received) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("{", () => then(response, received));
  };

describe("poster", () => {
  it("sends octets, counted as such, under the headers it is given", async () => {
    await using server = await scripted();
    await poster(new URL(server.url))({ host: "named:1", "x-own": "a" }, '{"a":"令和😀"}');
    expect(server.received).toMatchObject([
      { body: '{"a":"令和😀"}', headers: { host: "named:1", "x-own": "a", "content-length": "18" } },
    ]);
  });

  it("puts characters together that were cut on the way", async () => {
    const whole = JSON.stringify({ a: "令和😀".repeat(50) });
    await using server = await scripted((response) => {
      const octets = Buffer.from(whole);
      const step = (at: number): void => {
        if (at === octets.length) response.end();
        else response.write(octets.subarray(at, at + 1), () => setImmediate(step, at + 1));
      };
      step(0);
    });
    expect(await poster(new URL(server.url))({}, "{}")).toMatchObject({ status: 200, text: whole });
  });

  it("gives the error's type that stands in the header", async () => {
    await using server = await scripted((response) =>
      response.writeHead(400, { "X-Amzn-ErrorType": "Refused:http://a" }).end(),
    );
    expect(await poster(new URL(server.url))({}, "{}")).toEqual({ status: 400, type: "Refused:http://a", text: "" });
  });

  it("keeps its connection, but for what is to have a fresh one", async () => {
    await using server = await scripted();
    const post = poster(new URL(server.url));
    for (const fresh of [false, false, true, false]) await post({}, "{}", { fresh });
    const [first, second, third, fourth] = server.received.map(({ port }) => port);
    expect([second, fourth]).toEqual([first, first]);
    expect(third).not.toBe(first);
  });

  it.each([
    ["no answer", silence],
    ["half an answer", cutShort(silence)],
  ])("ends with ETIMEDOUT after %s, on a connection that is new and on one that was kept", async (_, reply) => {
    await using server = await scripted(reply, json(200, {}), reply);
    const post = poster(new URL(server.url), 100);
    await expect(post({}, "{}")).rejects.toMatchObject({ code: "ETIMEDOUT" });
    await post({}, "{}");
    await expect(post({}, "{}")).rejects.toMatchObject({ code: "ETIMEDOUT" });
    expect(server.received[2]?.port).toBe(server.received[1]?.port);
  });

  it("does not end what is slow but not silent", async () => {
    await using server = await scripted((response) => {
      response.writeHead(200);
      const step = (left: number): void => {
        if (left === 0) response.end();
        else response.write("a", () => setTimeout(step, 30, left - 1));
      };
      step(15);
    });
    expect(await poster(new URL(server.url), 200)({}, "{}")).toMatchObject({ text: "a".repeat(15) });
  });

  it.each([
    ["breaks before", reset],
    ["breaks within", cutShort(reset)],
    ["ends within", cutShort((response) => response.socket?.end())],
  ])("ends with ECONNRESET when the connection %s the answer", async (_, reply) => {
    await using server = await scripted(reply);
    await expect(poster(new URL(server.url))({}, "{}")).rejects.toMatchObject({ code: "ECONNRESET" });
  });
});
