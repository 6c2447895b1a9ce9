import { ConditionalCheckFailedException, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "./server.ts";
import { makeTables } from "./tables.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
  await makeTables(served.client);
});
afterAll(() => served[Symbol.asyncDispose]());

const put = (item: Record<string, unknown>, more: object = {}) =>
  served.documents.send(new PutCommand({ TableName: "plain", Item: item, ...more }));
const get = async (id: string) =>
  (await served.documents.send(new GetCommand({ TableName: "plain", Key: { id }, ConsistentRead: true }))).Item;

describe("PutItem", () => {
  it("keeps every type as it was given", async () => {
    const item = {
      id: "types",
      text: "あ😀",
      empty: "",
      number: -12.5,
      bytes: Uint8Array.of(0, 255, 7),
      texts: new Set(["b", "a"]),
      numbers: new Set([1, 2]),
      list: [1, "x", [true, null]],
      map: { toString: "c", nested: { deep: [] } },
      yes: true,
      nothing: null,
    };
    await put(item);
    expect(await get("types")).toStrictEqual(item);
  });

  it("keeps 38 digits and one spelling of a number", async () => {
    const digits = "12345678901234567890123456789012345678";
    const numbers = { N1: digits, N2: "-0.0010", N3: "1E+3", N4: "00", N5: "-1e-130", N6: "9.9e125" };
    const item = Object.fromEntries(Object.entries(numbers).map(([name, N]) => [name, { N }]));
    await served.client.send(new PutItemCommand({ TableName: "plain", Item: { id: { S: "numbers" }, ...item } }));
    const found = await served.client.send(new GetItemCommand({ TableName: "plain", Key: { id: { S: "numbers" } } }));
    expect(found.Item).toMatchObject({
      N1: { N: digits },
      N2: { N: "-0.001" },
      N3: { N: "1000" },
      N4: { N: "0" },
      N5: { N: `-0.${"0".repeat(129)}1` },
      N6: { N: `99${"0".repeat(124)}` },
    });
  });

  it.each([
    [{ N: `1${"2".repeat(38)}` }, "Attempting to store more than 38 significant digits in a Number"],
    [{ N: "1e126" }, /^Number overflow/],
    [{ N: "1e-131" }, /^Number underflow/],
    [{ N: "ten" }, "The parameter cannot be converted to a numeric value: ten"],
    [{ SS: [] }, "One or more parameter values were invalid: An string set  may not be empty"],
    [{ SS: ["a", "a"] }, "One or more parameter values were invalid: Input collection [a, a] contains duplicates."],
    [{ S: "x".repeat(400 * 1024) }, "Item size has exceeded the maximum allowed size"],
  ])("refuses a value that DynamoDB refuses (%#)", async (value, message) => {
    const command = new PutItemCommand({ TableName: "plain", Item: { id: { S: "bad" }, value } });
    await expect(served.client.send(command)).rejects.toMatchObject({
      name: "ValidationException",
      message: typeof message === "string" ? message : (expect.stringMatching(message) as unknown),
    });
  });

  it.each([
    [{ other: 1 }, "One or more parameter values were invalid: Missing the key id in the item"],
    [{ id: 1 }, "One or more parameter values were invalid: Type mismatch for key id expected: S actual: N"],
    [
      { id: "" },
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: id",
    ],
  ])("refuses a key that does not fit (%#)", async (item, message) => {
    await expect(put(item)).rejects.toMatchObject({ name: "ValidationException", message });
  });

  it("refuses an empty, mistyped or too long index key", async () => {
    const things = (item: object) =>
      served.documents.send(new PutCommand({ TableName: "things", Item: { pk: "p", sk: "s", ...item } }));
    await expect(things({ list: "" })).rejects.toThrow(/empty string value. IndexName: byWeight, IndexKey: list/);
    await expect(things({ weight: "heavy" })).rejects.toThrow(
      /Type mismatch for Index Key weight Expected: N Actual: S IndexName: byWeight/,
    );
    await things({ list: "x".repeat(2048) });
    await expect(things({ list: "x".repeat(2049) })).rejects.toThrow(
      /Size limit exceeded for Index Key list Actual Size: 2049 bytes Max Size: 2048 bytes IndexName: byWeight/,
    );
  });

  it("puts once under attribute_not_exists, and shows the item that stood in the way", async () => {
    const once = {
      ConditionExpression: "attribute_not_exists(id)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    };
    await put({ id: "once", by: "first" }, once);
    const error: unknown = await put({ id: "once", by: "second" }, once).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ConditionalCheckFailedException);
    expect(error).toMatchObject({
      message: "The conditional request failed",
      Item: { id: { S: "once" }, by: { S: "first" } },
    });
    expect(await get("once")).toEqual({ id: "once", by: "first" });
  });

  it("refuses a parameter it does not know, by name", async () => {
    await expect(put({ id: "x" }, { Expected: {} })).rejects.toThrow(/the parameter Expected is not served/);
  });

  it("refuses an unknown table", async () => {
    const command = new PutCommand({ TableName: "missing", Item: { id: "x" } });
    await expect(served.documents.send(command)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("DeleteItem", () => {
  it("returns what it deleted, and nothing for what was not there", async () => {
    await put({ id: "delete", a: 1 });
    const remove = new DeleteCommand({ TableName: "plain", Key: { id: "delete" }, ReturnValues: "ALL_OLD" });
    expect((await served.documents.send(remove)).Attributes).toEqual({ id: "delete", a: 1 });
    expect((await served.documents.send(remove)).Attributes).toBeUndefined();
    expect(await get("delete")).toBeUndefined();
  });
});

describe("GetItem", () => {
  it("shows only the projected paths", async () => {
    await put({ id: "shown", a: { b: [{ c: 1, d: 2 }, 3, 4] }, e: 5 });
    const { Item } = await served.documents.send(
      new GetCommand({
        TableName: "plain",
        Key: { id: "shown" },
        ProjectionExpression: "#a.b[0].c, #a.b[2], absent",
        ExpressionAttributeNames: { "#a": "a" },
      }),
    );
    expect(Item).toEqual({ a: { b: [{ c: 1 }, 4] } });
  });

  it("refuses a key of another shape", async () => {
    const command = new GetCommand({ TableName: "things", Key: { pk: "p" } });
    await expect(served.documents.send(command)).rejects.toThrow("The provided key element does not match the schema");
  });
});

describe("capacity units", () => {
  it("are counted as AWS does: 1 KB writes, 4 KB reads, each touched index", async () => {
    served.reset();
    await put({ id: "big", text: "x".repeat(5000) });
    expect(served.units).toEqual({ write: 5 });
    await get("big");
    expect(served.units).toEqual({ write: 5, read: 2 });
    await served.documents.send(new GetCommand({ TableName: "plain", Key: { id: "absent" } }));
    expect(served.units).toEqual({ write: 5, read: 2.5 });

    served.reset();
    const thing = { pk: "units", sk: "1", list: "l", weight: 1 };
    const things = (item: object) =>
      served.documents.send(
        new PutCommand({ TableName: "things", Item: item as never, ReturnConsumedCapacity: "INDEXES" }),
      );
    const { ConsumedCapacity } = await things(thing);
    expect(served.units).toEqual({ write: 4 });
    expect(ConsumedCapacity).toMatchObject({
      CapacityUnits: 4,
      Table: { CapacityUnits: 1 },
      GlobalSecondaryIndexes: { byWeight: { CapacityUnits: 1 }, byList: { CapacityUnits: 1 } },
    });
    // An attribute that only the ALL index shows; then the sort key of that index, which moves its entry.
    await things({ ...thing, note: "n" });
    expect(served.units).toEqual({ write: 6 });
    await things({ ...thing, note: "n", weight: 2 });
    expect(served.units).toEqual({ write: 9 });
  });

  it("are spent by a failed condition as well", async () => {
    await put({ id: "failed", text: "x".repeat(2000) });
    served.reset();
    await expect(put({ id: "failed" }, { ConditionExpression: "attribute_not_exists(id)" })).rejects.toThrow();
    expect(served.units).toEqual({ write: 2 });
  });
});
