import {
  ConditionalCheckFailedException,
  GetItemCommand,
  PutItemCommand,
  ScanCommand as RawScan,
} from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
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
const update = (id: string, UpdateExpression: string, more: object = {}) =>
  served.documents.send(new UpdateCommand({ TableName: "plain", Key: { id }, UpdateExpression, ...more }));

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
      message: typeof message === "string" ? message : expect.stringMatching(message),
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

  it("refuses an empty or mistyped index key", async () => {
    const things = (item: object) =>
      served.documents.send(new PutCommand({ TableName: "things", Item: { pk: "p", sk: "s", ...item } }));
    await expect(things({ list: "" })).rejects.toThrow(/empty string value. IndexName: byWeight, IndexKey: list/);
    await expect(things({ weight: "heavy" })).rejects.toThrow(
      /Type mismatch for Index Key weight Expected: N Actual: S IndexName: byWeight/,
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

describe("UpdateItem", () => {
  it("makes an absent item from its key", async () => {
    await update("made", "SET a = :a", { ExpressionAttributeValues: { ":a": 1 } });
    expect(await get("made")).toEqual({ id: "made", a: 1 });
  });

  it("computes every operand from the item before it", async () => {
    await put({ id: "swap", a: 1, b: 2, list: ["x"], tags: new Set(["p", "q"]), gone: true, count: 5 });
    await update(
      "swap",
      "SET a = b, b = a, #list = list_append(:front, #list), c = if_not_exists(c, :c), d = b - :c REMOVE gone ADD #count :c, fresh :c DELETE tags :p",
      {
        ExpressionAttributeNames: { "#list": "list", "#count": "count" },
        ExpressionAttributeValues: { ":front": ["w"], ":c": 10, ":p": new Set(["p"]) },
      },
    );
    expect(await get("swap")).toEqual({
      id: "swap",
      a: 2,
      b: 1,
      c: 10,
      d: -8,
      list: ["w", "x"],
      tags: new Set(["q"]),
      count: 15,
      fresh: 10,
    });
  });

  it("reaches into maps and lists, and removes positions as they stood before", async () => {
    await put({ id: "deep", m: { l: [0, 1, 2, 3, { k: "v", z: 1 }] } });
    await update("deep", "SET m.l[9] = :x, m.l[4].k = :x REMOVE m.l[0], m.l[2], m.l[4].z", {
      ExpressionAttributeValues: { ":x": "X" },
    });
    expect(await get("deep")).toEqual({ id: "deep", m: { l: [1, 3, { k: "X" }, "X"] } });
  });

  it("adds exactly where floating point would not", async () => {
    await put({ id: "exact", n: 0.1 });
    await update("exact", "SET n = n + :n", { ExpressionAttributeValues: { ":n": 0.2 } });
    expect(await get("exact")).toEqual({ id: "exact", n: 0.3 });
  });

  it("takes an emptied set away", async () => {
    await put({ id: "set", s: new Set([1]) });
    await update("set", "DELETE s :s", { ExpressionAttributeValues: { ":s": new Set([1]) } });
    expect(await get("set")).toEqual({ id: "set" });
  });

  it.each([
    ["ALL_OLD", { id: "values", a: 1, m: { x: 1, y: 2 } }],
    ["ALL_NEW", { id: "values", a: 2, m: { x: 3, y: 2 } }],
    ["UPDATED_OLD", { a: 1, m: { x: 1 } }],
    ["UPDATED_NEW", { a: 2, m: { x: 3 } }],
    ["NONE", undefined],
  ] as const)("returns %s", async (ReturnValues, expected) => {
    await put({ id: "values", a: 1, m: { x: 1, y: 2 } });
    const { Attributes } = await update("values", "SET a = :a, m.x = :x", {
      ExpressionAttributeValues: { ":a": 2, ":x": 3 },
      ReturnValues,
    });
    expect(Attributes).toEqual(expected);
  });

  it.each([
    [
      "SET id = :v",
      "One or more parameter values were invalid: Cannot update attribute id. This attribute is part of the key",
    ],
    ["SET a = absent + :v", "The provided expression refers to an attribute that does not exist in the item"],
    ["SET absent.a = :v", "The document path provided in the update expression is invalid for update"],
    ["SET a = words + :v", "An operand in the update expression has an incorrect data type"],
    ["ADD words :v", "An operand in the update expression has an incorrect data type"],
    [
      "DELETE a :v",
      "Invalid UpdateExpression: Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER, typeSet: ALLOWED_FOR_DELETE_OPERAND",
    ],
    [
      "SET a.b = :v REMOVE a",
      "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a]",
    ],
    [
      "SET a = :v SET b = :v",
      'Invalid UpdateExpression: The "SET" section can only be used once in an update expression;',
    ],
    ["SET a = :v,", 'Invalid UpdateExpression: Syntax error; token: "<EOF>", near: ","'],
    ["SET a = plus(:v)", "Invalid UpdateExpression: Invalid function name; function: plus"],
  ])("refuses %s", async (expression, message) => {
    await put({ id: "refused", words: "w" });
    const attempt = update("refused", expression, { ExpressionAttributeValues: { ":v": 1 } });
    await expect(attempt).rejects.toMatchObject({ name: "ValidationException", message });
    expect(await get("refused")).toEqual({ id: "refused", words: "w" });
  });

  it("changes nothing when its condition fails", async () => {
    await put({ id: "version", version: 3 });
    const attempt = update("version", "SET version = version + :one", {
      ConditionExpression: "version = :two",
      ExpressionAttributeValues: { ":one": 1, ":two": 2 },
    });
    await expect(attempt).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(await get("version")).toEqual({ id: "version", version: 3 });
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

describe("Scan", () => {
  it("pages through a whole table", async () => {
    const seen: unknown[] = [];
    let ExclusiveStartKey;
    do {
      const scan: RawScan = new RawScan({ TableName: "plain", Limit: 3, ExclusiveStartKey });
      const { Items = [], LastEvaluatedKey } = await served.client.send(scan);
      seen.push(...Items.map((item) => item["id"]?.S));
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey !== undefined);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain("types");
    expect(seen.length).toBeGreaterThan(10);
  });
});
