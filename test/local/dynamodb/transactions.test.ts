import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "./server.ts";
import { makeTables } from "./tables.ts";

let now = 1_800_000_000_000;
let served: Served;
beforeAll(async () => {
  served = await serve({ now: () => now });
  await makeTables(served.client);
});
afterAll(() => served[Symbol.asyncDispose]());

const transact = (TransactItems: TransactWriteCommandInput["TransactItems"], more: object = {}) =>
  served.documents.send(new TransactWriteCommand({ TransactItems, ...more }));
const put = (item: Record<string, unknown>) =>
  served.documents.send(new PutCommand({ TableName: "plain", Item: item }));
const get = async (id: string) =>
  (await served.documents.send(new GetCommand({ TableName: "plain", Key: { id } }))).Item;

describe("TransactWriteItems", () => {
  it("does all its actions", async () => {
    await put({ id: "counter", n: 1 });
    await put({ id: "gone" });
    await put({ id: "checked" });
    served.reset();
    await transact([
      { Put: { TableName: "things", Item: { pk: "p", sk: "s" }, ConditionExpression: "attribute_not_exists(pk)" } },
      {
        Update: {
          TableName: "plain",
          Key: { id: "counter" },
          UpdateExpression: "ADD n :n",
          ExpressionAttributeValues: { ":n": 2 },
        },
      },
      { Delete: { TableName: "plain", Key: { id: "gone" } } },
      { ConditionCheck: { TableName: "plain", Key: { id: "checked" }, ConditionExpression: "attribute_exists(id)" } },
    ]);
    expect(served.units).toEqual({ write: 8 });
    expect(await get("counter")).toEqual({ id: "counter", n: 3 });
    expect(await get("gone")).toBeUndefined();
    expect(await get("checked")).toEqual({ id: "checked" });
  });

  it("does nothing when one condition fails, and tells every reason in order", async () => {
    await put({ id: "taken", by: "someone" });
    await put({ id: "words", n: "text" });
    const error: unknown = await transact([
      { Put: { TableName: "plain", Item: { id: "new" } } },
      {
        Put: {
          TableName: "plain",
          Item: { id: "taken" },
          ConditionExpression: "attribute_not_exists(id)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      },
      {
        Update: {
          TableName: "plain",
          Key: { id: "words" },
          UpdateExpression: "ADD n :n",
          ExpressionAttributeValues: { ":n": 1 },
        },
      },
      { ConditionCheck: { TableName: "plain", Key: { id: "absent" }, ConditionExpression: "attribute_exists(id)" } },
    ]).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TransactionCanceledException);
    expect(error).toMatchObject({
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError, ConditionalCheckFailed]",
      CancellationReasons: [
        { Code: "None" },
        {
          Code: "ConditionalCheckFailed",
          Message: "The conditional request failed",
          Item: { id: { S: "taken" }, by: { S: "someone" } },
        },
        { Code: "ValidationError", Message: "An operand in the update expression has an incorrect data type" },
        { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
      ],
    });
    expect(await get("new")).toBeUndefined();
    expect(await get("taken")).toEqual({ id: "taken", by: "someone" });
  });

  it("refuses two actions on one item", async () => {
    const action = { Delete: { TableName: "plain", Key: { id: "twice" } } };
    await expect(transact([action, action])).rejects.toThrow(
      "Transaction request cannot include multiple operations on one item",
    );
  });

  it("takes 100 actions and refuses 101", async () => {
    const actions = Array.from({ length: 101 }, (_, n) => ({ Put: { TableName: "plain", Item: { id: `many${n}` } } }));
    await transact(actions.slice(1));
    expect(await get("many100")).toBeDefined();
    await expect(transact(actions)).rejects.toMatchObject({ name: "ValidationException" });
    expect(await get("many0")).toBeUndefined();
  });

  it("acts once for a token within ten minutes, and refuses another request under it", async () => {
    const add = (by: number) =>
      transact(
        [
          {
            Update: {
              TableName: "plain",
              Key: { id: "tokens" },
              UpdateExpression: "ADD n :n",
              ExpressionAttributeValues: { ":n": by },
            },
          },
        ],
        { ClientRequestToken: "token-1" },
      );
    await add(1);
    await add(1);
    expect(await get("tokens")).toMatchObject({ n: 1 });
    await expect(add(2)).rejects.toMatchObject({ name: "IdempotentParameterMismatchException" });
    now += 10 * 60_000;
    await add(2);
    expect(await get("tokens")).toMatchObject({ n: 3 });
  });

  it("does not keep the token of a transaction that failed", async () => {
    const attempt = () =>
      transact(
        [
          { Put: { TableName: "plain", Item: { id: "child" } } },
          {
            ConditionCheck: { TableName: "plain", Key: { id: "parent" }, ConditionExpression: "attribute_exists(id)" },
          },
        ],
        { ClientRequestToken: "token-2" },
      );
    await expect(attempt()).rejects.toBeInstanceOf(TransactionCanceledException);
    await put({ id: "parent" });
    await attempt();
    expect(await get("child")).toBeDefined();
  });
});

describe("BatchWriteItem and BatchGetItem", () => {
  it("write and read several tables", async () => {
    await put({ id: "old" });
    const { UnprocessedItems } = await served.documents.send(
      new BatchWriteCommand({
        RequestItems: {
          plain: [{ PutRequest: { Item: { id: "batch", a: 1 } } }, { DeleteRequest: { Key: { id: "old" } } }],
          things: [{ PutRequest: { Item: { pk: "batch", sk: "1" } } }],
        },
      }),
    );
    expect(UnprocessedItems).toEqual({});
    const { Responses } = await served.documents.send(
      new BatchGetCommand({
        RequestItems: {
          plain: { Keys: [{ id: "old" }, { id: "batch" }] },
          things: { Keys: [{ pk: "batch", sk: "1" }] },
        },
      }),
    );
    expect(Responses).toEqual({ plain: [{ id: "batch", a: 1 }], things: [{ pk: "batch", sk: "1" }] });
  });

  it("refuse an item twice, more than 25 writes and more than 100 reads", async () => {
    const write = (ids: readonly number[]) =>
      served.documents.send(
        new BatchWriteCommand({ RequestItems: { plain: ids.map((n) => ({ PutRequest: { Item: { id: `w${n}` } } })) } }),
      );
    const read = (ids: readonly number[]) =>
      served.documents.send(
        new BatchGetCommand({ RequestItems: { plain: { Keys: ids.map((n) => ({ id: `w${n}` })) } } }),
      );
    await expect(write([1, 1])).rejects.toThrow("Provided list of item keys contains duplicates");
    await expect(read([1, 1])).rejects.toThrow("Provided list of item keys contains duplicates");
    await expect(write([...Array(26).keys()])).rejects.toThrow("Too many items requested for the BatchWriteItem call");
    await expect(read([...Array(101).keys()])).rejects.toThrow("Too many items requested for the BatchGetItem call");
  });

  it("leave over what goes beyond 16 MB", async () => {
    const ids = [...Array(45).keys()].map((n) => `large${n}`);
    for (const id of ids) await put({ id, text: "x".repeat(399_000) });
    const { Responses, UnprocessedKeys } = await served.documents.send(
      new BatchGetCommand({ RequestItems: { plain: { Keys: ids.map((id) => ({ id })) } } }),
    );
    const [read, left] = [Responses?.["plain"]?.length ?? 0, UnprocessedKeys?.["plain"]?.Keys?.length ?? 0];
    expect(read).toBe(42);
    expect(read + left).toBe(45);
  });
});
