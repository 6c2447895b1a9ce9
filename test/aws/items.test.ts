import { createServer } from "node:http";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getMany } from "../../lambdas/aws/items.ts";
import { dynamoAt } from "./dynamo.ts";

type Asked = { RequestItems: { t: { Keys: { pk: { S: string }; sk: { S: string } }[] } } };

/** How many keys of a request are answered, by its number; the others are left unprocessed. */
let answered = (_: number): number => Infinity;
let sizes: number[] = [];
const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    const { Keys } = (JSON.parse(Buffer.concat(parts).toString()) as Asked).RequestItems.t;
    const count = answered(sizes.push(Keys.length));
    const left = Keys.slice(count);
    response.setHeader("Content-Type", "application/x-amz-json-1.0").end(
      JSON.stringify({
        Responses: { t: Keys.slice(0, count) },
        UnprocessedKeys: left.length > 0 ? { t: { Keys: left } } : {},
      }),
    );
  });
});
const port = await new Promise<number>((resolve) => {
  server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
});
afterAll(() => new Promise((done) => server.close(done)));
beforeEach(() => {
  sizes = [];
});

const client = dynamoAt(port);
const keys = (count: number) => Array.from({ length: count }, (_, at) => ({ pk: `p${at}`, sk: "s" }));
const read = async (count: number) => (await getMany(client, "t", keys(count))).map(({ pk }) => String(pk)).toSorted();
const all = (count: number) =>
  keys(count)
    .map(({ pk }) => pk)
    .toSorted();

describe("getMany", () => {
  it("reads a hundred a request, each key once, and nothing for no keys", async () => {
    answered = () => Infinity;
    expect(await read(250)).toEqual(all(250));
    expect(sizes.toSorted((a, b) => a - b)).toEqual([50, 100, 100]);
    expect((await getMany(client, "t", [...keys(3), ...keys(3)])).length).toBe(3);
    sizes = [];
    expect(await getMany(client, "t", [])).toEqual([]);
    expect(sizes).toEqual([]);
  });

  it("asks again for what was left, more and more seldom while nothing comes", async () => {
    answered = (request) => (request <= 3 ? 0 : 40);
    expect(await read(100)).toEqual(all(100));
    expect(sizes).toEqual([100, 100, 100, 100, 60, 20]);
  });

  it("gives up where nothing comes at all", async () => {
    answered = () => 0;
    await expect(read(2)).rejects.toThrow("DynamoDB left 2 keys of t unread");
    expect(sizes).toHaveLength(8);
  });
});
