import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
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
