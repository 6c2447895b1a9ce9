import { describe, expect, it } from "vitest";
import { dynamo } from "../../lambdas/aws/dynamo.ts";
import { getMany } from "../../lambdas/aws/items.ts";
import { json, type Received, refusal, type Reply, scripted } from "./scripted.ts";

type Marshalled = { readonly pk: { readonly S: string }; readonly sk: { readonly S: string } };
type Reads = Readonly<Record<string, { readonly Keys: readonly Marshalled[]; readonly ConsistentRead: boolean }>>;
type Puts = Readonly<Record<string, readonly { readonly PutRequest: { readonly Item: Marshalled } }[]>>;

const requested = <T>({ body }: Received) => (JSON.parse(body) as { readonly RequestItems: T }).RequestItems;
/** The sort keys that a request reads, by table. */
const sortKeys = (received: Received) =>
  Object.fromEntries(
    Object.entries(requested<Reads>(received)).map(([table, { Keys }]) => [table, Keys.map(({ sk }) => sk.S)]),
  );
const counts = (received: Received) => Object.values(sortKeys(received)).reduce((sum, keys) => sum + keys.length, 0);

/** Answers the first `most` keys of each table; those whose sort key is `missing` have no item, the others are left. */
const some =
  (most: number): Reply =>
  (response, received) => {
    const entries = Object.entries(requested<Reads>(received));
    const known = (keys: readonly Marshalled[]) => keys.filter(({ sk }) => sk.S !== "missing");
    const Responses = Object.fromEntries(
      entries.map(([table, { Keys }]) => [table, known(Keys.slice(0, most)).toReversed()]),
    );
    const left = entries.filter(([, { Keys }]) => Keys.length > most);
    const UnprocessedKeys = Object.fromEntries(
      left.map(([table, { Keys, ...how }]) => [table, { Keys: Keys.slice(most), ...how }]),
    );
    json(200, { Responses, UnprocessedKeys })(response, received);
  };
const all = some(100);

const keyOf = (sk: string | number) => ({ pk: "a", sk: String(sk) });
const numbered = (count: number) => Array.from({ length: count }, (_, at) => keyOf(at));

describe("reads of one turn", () => {
  it("go out as one consistent request over all tables, each key once, and come back each with its own item", async () => {
    await using server = await scripted([], all);
    const client = dynamo(server.config);
    const found = await Promise.all([
      ...["1", "2", "missing", "1"].map((sk) => client.get("t", keyOf(sk))),
      client.get("other", keyOf("2")),
    ]);
    expect(found).toEqual([keyOf(1), keyOf(2), undefined, keyOf(1), keyOf(2)]);
    expect(server.received.map(sortKeys)).toEqual([{ t: ["1", "2", "missing"], other: ["2"] }]);
    expect(server.received.map((one) => requested<Reads>(one)["t"]?.ConsistentRead)).toEqual([true]);
  });

  it("go out by hundreds", async () => {
    await using server = await scripted([], all);
    const client = dynamo(server.config);
    await Promise.all(numbered(102).map((key) => client.get("t", key)));
    expect(server.received.map(counts).toSorted((a, b) => b - a)).toEqual([100, 2]);
  });

  it("are apart from those of a later turn, whose answers may be others", async () => {
    await using server = await scripted([], all);
    const client = dynamo(server.config);
    await Promise.all([client.get("t", keyOf(1)), client.get("t", keyOf(2))]);
    await client.get("t", keyOf(1));
    expect(server.received.map(sortKeys)).toEqual([{ t: ["1", "2"] }, { t: ["1"] }]);
  });

  it("are asked for again where DynamoDB leaves keys unprocessed", async () => {
    await using server = await scripted([some(1), some(0), some(1)], all);
    const client = dynamo(server.config);
    const found = await Promise.all(["1", "2", "3"].map((sk) => client.get("t", keyOf(sk))));
    expect(found).toEqual([keyOf(1), keyOf(2), keyOf(3)]);
    expect(server.received.map(counts)).toEqual([3, 2, 2, 1]);
  });

  it("fail alone where a key stays unprocessed, after eight requests", { timeout: 20_000 }, async () => {
    await using server = await scripted([some(2)], some(0));
    const client = dynamo(server.config);
    const found = await Promise.allSettled(["1", "2", "3"].map((sk) => client.get("t", keyOf(sk))));
    expect(found).toMatchObject([
      { value: keyOf(1) },
      { value: keyOf(2) },
      { reason: { message: "DynamoDB has left items unprocessed 8 times" } },
    ]);
    expect(server.received).toHaveLength(8);
  });

  it("keep what was read when the rest is refused", async () => {
    await using server = await scripted([some(1)], refusal("AccessDeniedException"));
    const client = dynamo(server.config);
    const found = await Promise.allSettled(["1", "2"].map((sk) => client.get("t", keyOf(sk))));
    expect(found).toMatchObject([{ value: keyOf(1) }, { reason: { name: "AccessDeniedException" } }]);
  });

  it("fail all when the request is refused, and those of the next turn are read", async () => {
    await using server = await scripted([refusal("ResourceNotFoundException")], all);
    const client = dynamo(server.config);
    const found = await Promise.allSettled(["1", "2"].map((sk) => client.get("t", keyOf(sk))));
    const failed = { status: "rejected", reason: { name: "ResourceNotFoundException" } };
    expect(found).toMatchObject([failed, failed]);
    expect(await client.get("t", keyOf(1))).toEqual(keyOf(1));
  });
});

describe("puts of one turn", () => {
  const putKeys = (received: Received) =>
    Object.values(requested<Puts>(received)).flatMap((puts) => puts.map(({ PutRequest }) => PutRequest.Item.sk.S));
  /** Takes the first `most` items. */
  const taking =
    (most: number): Reply =>
    (response, received) => {
      const entries = Object.entries(requested<Puts>(received));
      const left = entries.filter(([, puts]) => puts.length > most).map(([table, puts]) => [table, puts.slice(most)]);
      json(200, { UnprocessedItems: Object.fromEntries(left) as object })(response, received);
    };

  it("go out as one request, by twenty-fives", async () => {
    await using server = await scripted([], taking(25));
    const client = dynamo(server.config);
    await Promise.all(numbered(26).map((item) => client.add("t", item)));
    expect(server.received.map((one) => putKeys(one).length).toSorted((a, b) => b - a)).toEqual([25, 1]);
  });

  it("are sent again where DynamoDB leaves items unprocessed, and fail alone", { timeout: 20_000 }, async () => {
    await using server = await scripted([taking(1), taking(1)], taking(0));
    const client = dynamo(server.config);
    const done = await Promise.allSettled(numbered(3).map((item) => client.add("t", item)));
    expect(done.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected"]);
    expect(server.received.slice(0, 3).map(putKeys)).toEqual([["0", "1", "2"], ["1", "2"], ["2"]]);
    expect(server.received).toHaveLength(8);
  });
});

describe("getMany", () => {
  it("reads a hundred a request, four requests side by side, each key once, and nothing for no keys", async () => {
    let working = 0;
    let most = 0;
    await using server = await scripted([], (response, received) => {
      most = Math.max(most, ++working);
      setImmediate(() => {
        working -= 1;
        all(response, received);
      });
    });
    const client = dynamo(server.config);
    const found = await getMany(client, "t", [...numbered(550), ...numbered(3), keyOf("missing")]);
    expect(found.map(({ sk }) => Number(sk)).toSorted((a, b) => a - b)).toEqual(numbered(550).map((_, at) => at));
    expect(server.received.map(counts).toSorted((a, b) => a - b)).toEqual([51, 100, 100, 100, 100, 100]);
    expect(most).toBeLessThanOrEqual(4);
    expect(await getMany(client, "t", [])).toEqual([]);
    expect(server.received).toHaveLength(6);
  });
});
