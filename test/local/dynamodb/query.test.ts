import { QueryCommand, type QueryCommandInput, PutCommand, BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "./server.ts";
import { makeTables } from "./tables.ts";

type Keys = { pk?: string; sk?: string; extra?: string };

let served: Served;
beforeAll(async () => {
  served = await serve();
  await makeTables(served.client);
  const items = ["a", "b#1", "b#2", "b\u{10FFFF}", "c", "é"].map((sk, position) => ({
    pk: "p",
    sk,
    list: "l",
    weight: [0, -1.5, 1e15, -1.55, 2, 10][position],
    extra: `e${position}`,
    remark: position,
  }));
  const duplicates = Array.from({ length: 7 }, (_, position) => ({
    pk: `d${position}`,
    sk: "s",
    list: "same",
    weight: 5,
  }));
  const sparse = [{ pk: "sparse", sk: "s", list: "l" }];
  const requests = [...items, ...duplicates, ...sparse].map((Item) => ({ PutRequest: { Item } }));
  await served.documents.send(new BatchWriteCommand({ RequestItems: { things: requests } }));
});
afterAll(() => served[Symbol.asyncDispose]());

async function query(condition: string, values: Record<string, unknown>, more: Partial<QueryCommandInput> = {}) {
  const command = new QueryCommand({
    TableName: "things",
    KeyConditionExpression: condition,
    ExpressionAttributeValues: values,
    ...more,
  });
  const result = await served.documents.send(command);
  return { ...result, items: (result.Items ?? []) as Keys[] };
}

async function pages(condition: string, values: Record<string, unknown>, more: Partial<QueryCommandInput>) {
  const all: Keys[][] = [];
  let ExclusiveStartKey: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page = await query(condition, values, { ...more, ...(ExclusiveStartKey && { ExclusiveStartKey }) });
    all.push(page.items);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return all;
}

describe("Query", () => {
  it.each([
    ["pk = :p", { ":p": "p" }, ["a", "b#1", "b#2", "b\u{10FFFF}", "c", "é"]],
    ["pk = :p AND sk = :s", { ":p": "p", ":s": "c" }, ["c"]],
    [":p = pk AND :s < sk", { ":p": "p", ":s": "b\u{10FFFF}" }, ["c", "é"]],
    ["(pk = :p) AND (sk <= :s)", { ":p": "p", ":s": "b#1" }, ["a", "b#1"]],
    ["pk = :p AND begins_with(sk, :s)", { ":p": "p", ":s": "b" }, ["b#1", "b#2", "b\u{10FFFF}"]],
    ["sk BETWEEN :s AND :t AND pk = :p", { ":p": "p", ":s": "b#2", ":t": "c" }, ["b#2", "b\u{10FFFF}", "c"]],
    ["pk = :p AND sk > :s", { ":p": "nobody", ":s": "a" }, []],
  ])("finds by %s", async (condition, values, expected) => {
    expect((await query(condition, values)).items.map(({ sk }) => sk)).toEqual(expected);
    const backward = await query(condition, values, { ScanIndexForward: false });
    expect(backward.items.map(({ sk }) => sk)).toEqual(expected.toReversed());
  });

  it("orders an index by number, without the items that lack its key", async () => {
    const { items } = await query(
      "#l = :l",
      { ":l": "l" },
      { IndexName: "byWeight", ExpressionAttributeNames: { "#l": "list" } },
    );
    expect(items.map(({ sk }) => sk)).toEqual(["b\u{10FFFF}", "b#1", "a", "c", "é", "b#2"]);
    const { Count } = await query(
      "#l = :l AND weight BETWEEN :a AND :b",
      { ":l": "l", ":a": -1.5, ":b": 2 },
      {
        IndexName: "byWeight",
        ExpressionAttributeNames: { "#l": "list" },
        Select: "COUNT",
      },
    );
    expect(Count).toBe(3);
  });

  it.each([true, false])("pages through equal index keys without loss or repetition (forward %s)", async (forward) => {
    for (const IndexName of ["byWeight", "byList"]) {
      const found = await pages(
        "#l = :l",
        { ":l": "same" },
        {
          IndexName,
          Limit: 2,
          ScanIndexForward: forward,
          ExpressionAttributeNames: { "#l": "list" },
        },
      );
      expect(found.map((page) => page.length)).toEqual([2, 2, 2, 1]);
      const order = ["d0", "d1", "d2", "d3", "d4", "d5", "d6"];
      expect(found.flat().map(({ pk }) => pk)).toEqual(forward ? order : order.toReversed());
    }
  });

  it("shows of an index what it projects", async () => {
    const names = { ExpressionAttributeNames: { "#l": "list" }, Limit: 1 };
    const keys = await query("#l = :l", { ":l": "l" }, { IndexName: "byList", ...names });
    expect(keys.items).toEqual([{ pk: "p", sk: "a", list: "l" }]);
    const extra = await query("#l = :l", { ":l": "l" }, { IndexName: "withExtra", ...names });
    expect(extra.items).toEqual([{ pk: "p", sk: "a", list: "l", extra: "e0" }]);
    const all = await query("#l = :l", { ":l": "l" }, { IndexName: "byWeight", ...names, ScanIndexForward: false });
    expect(all.items).toEqual([{ pk: "p", sk: "b#2", list: "l", weight: 1e15, extra: "e2", remark: 2 }]);
  });

  it("filters after it has looked, so a page may be empty and still go on", async () => {
    const page = await query("pk = :p", { ":p": "p", ":e": "e2" }, { FilterExpression: "extra = :e", Limit: 2 });
    expect(page).toMatchObject({ Count: 0, ScannedCount: 2, LastEvaluatedKey: { pk: "p", sk: "b#1" } });
    const found = await pages("pk = :p", { ":p": "p", ":e": "e2" }, { FilterExpression: "extra = :e", Limit: 2 });
    expect(found.map((each) => each.length)).toEqual([0, 1, 0, 0]);
  });

  it("ends a page at 1 MB and counts its read units", async () => {
    for (let i = 0; i < 4; i += 1) {
      const Item = { pk: "big", sk: String(i), text: "x".repeat(390_000) };
      await served.documents.send(new PutCommand({ TableName: "things", Item }));
    }
    served.reset();
    expect((await pages("pk = :p", { ":p": "big" }, {})).map((page) => page.length)).toEqual([3, 1]);
    expect(served.units).toEqual({ read: (Math.ceil((3 * 390_017) / 4096) + Math.ceil(390_017 / 4096)) / 2 });
  });

  it.each([
    ["sk = :p", {}, "Query condition missed key schema element: pk"],
    ["pk > :p", {}, "Query key condition not supported"],
    ["pk = :p AND pk = :p", {}, "KeyConditionExpressions must only contain one condition per key"],
    ["pk = :p AND remark = :p", {}, "Query condition missed key schema element: sk"],
    ["pk = :p OR sk = :p", {}, "Invalid operator used in KeyConditionExpression: OR"],
    [
      "pk = :p",
      { FilterExpression: "sk = :p" },
      "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk",
    ],
    ["pk = :p", { IndexName: "nowhere" }, "The table does not have the specified index: nowhere"],
    [
      "pk = :p",
      { IndexName: "byList", ConsistentRead: true },
      "Consistent reads are not supported on global secondary indexes",
    ],
    ["pk = :p", { Limit: 0 }, /greater than or equal to 1/],
    ["pk = :p", { ExclusiveStartKey: { pk: "p" } }, /^The provided starting key is invalid/],
    [
      "pk = :p",
      { ExclusiveStartKey: { pk: "q", sk: "a" } },
      "The provided starting key is outside query boundaries based on provided conditions",
    ],
    ["pk = :p", { QueryFilter: {} }, /the parameter QueryFilter is not served/],
    [
      "pk = :p",
      { IndexName: "byList", ProjectionExpression: "pk, remark" },
      "One or more parameter values were invalid: Global secondary index byList does not project [remark]",
    ],
  ])("refuses %s with %j", async (condition, more, message) => {
    await expect(query(condition, { ":p": "p" }, more as Partial<QueryCommandInput>)).rejects.toMatchObject({
      name: "ValidationException",
      message: typeof message === "string" ? message : (expect.stringMatching(message) as unknown),
    });
  });
});
