import { GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Served, serve } from "./server.ts";
import { makeTables } from "./tables.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
  await makeTables(served.client);
});
afterAll(() => served[Symbol.asyncDispose]());

const item = {
  id: "c",
  n: 10,
  s: "straße",
  b: Uint8Array.of(1, 2, 3),
  flagged: true,
  tags: new Set(["x", "y"]),
  l: [1, { k: "v" }],
  m: { a: 1, b: { c: "d" } },
};
const values = {
  ":9": 9,
  ":10": 10,
  ":11": 11,
  ":str": "str",
  ":x": "x",
  ":N": "N",
  ":one": 1,
  ":two": 2,
  ":v": "v",
  ":bytes": Uint8Array.of(1, 2),
  ":map": { a: 1, b: { c: "d" } },
};

/** Whether a condition holds for the item above: the SDK's answer to a conditional put of the same item. */
async function holds(condition: string, more: Record<string, string> = {}): Promise<boolean> {
  await served.documents.send(new PutCommand({ TableName: "plain", Item: item }));
  const used = Object.entries(values).filter(([name]) => new RegExp(`${name}(?![A-Za-z0-9_])`).test(condition));
  const attempt = new PutCommand({
    TableName: "plain",
    Item: item,
    ConditionExpression: condition,
    ...(used.length > 0 && { ExpressionAttributeValues: Object.fromEntries(used) }),
    ...(Object.keys(more).length > 0 && { ExpressionAttributeNames: more }),
  });
  return served.documents.send(attempt).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.name === "ConditionalCheckFailedException") return false;
      throw error;
    },
  );
}

describe("a condition", () => {
  it.each([
    "n = :10",
    "n <> :9 AND n > :9 AND n >= :10 AND n < :11 AND n <= :10",
    ":10 = n",
    "n BETWEEN :9 AND :11",
    "n IN (:9, :10)",
    "n = :9 OR n = :10 AND s <> :x",
    "NOT n = :9",
    "not (n = :9 or s = :x)",
    "attribute_exists(m.b.c) AND attribute_not_exists(m.b.e) AND attribute_not_exists(l[2])",
    "attribute_type(n, :N)",
    "begins_with(s, :str) AND begins_with(b, :bytes)",
    "contains(s, :str) AND contains(tags, :x) AND contains(l, :one)",
    "size(l) = :two AND size(s) < :10 AND size(b) > size(l) AND size(tags) = :two",
    "m = :map",
    "l[1].k = :v",
    // An absent attribute differs from everything.
    "nowhere <> :x",
    "n > m.a",
  ])("holds: %s", async (condition) => {
    expect(await holds(condition)).toBe(true);
  });

  it.each([
    "n = :9",
    "n = :x",
    "n BETWEEN :11 AND :11",
    "s < :10",
    "nowhere = :x OR nowhere < :x OR nowhere IN (:x) OR nowhere BETWEEN :x AND :x",
    "contains(tags, :one) OR contains(n, :one) OR begins_with(n, :x)",
    "attribute_exists(l[7]) OR attribute_exists(s.k)",
    "NOT attribute_exists(n)",
    "size(n) = :one",
    "(n = :9 OR n = :10) AND s = :x",
  ])("fails: %s", async (condition) => {
    expect(await holds(condition)).toBe(false);
  });

  it("reads names that begin with #", async () => {
    expect(await holds("#map.#b.c <> :x", { "#map": "m", "#b": "b" })).toBe(true);
  });

  it.each([
    ["status = :x", "Attribute name is a reserved keyword; reserved keyword: status"],
    ["n = :undefined", "An expression attribute value used in expression is not defined; attribute value: :undefined"],
    ["#n = :x", "An expression attribute name used in the document path is not defined; attribute name: #n"],
    ["n = ", 'Syntax error; token: "<EOF>", near: "="'],
    ["n == :x", 'Syntax error; token: "=", near: "= = :x"'],
    ["n = :x AND", 'Syntax error; token: "<EOF>", near: "AND"'],
    ["((n = :x))", "The expression has redundant parentheses;"],
    ["", "The expression can not be empty;"],
    ["size(n)", "The function is not allowed to be used this way in an expression; function: size"],
    ["exists(n)", "Invalid function name; function: exists"],
    [
      "contains(n)",
      "Incorrect number of operands for operator or function; operator or function: contains, number of operands: 1",
    ],
    ["attribute_exists(:x)", "Operator or function requires a document path; operator or function: attribute_exists"],
    [
      "begins_with(s, :one)",
      "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    ],
    [
      "n = n",
      "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [n]",
    ],
    [
      "n BETWEEN :two AND :one",
      "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:2}, upper bound operand: AttributeValue: {N:1}",
    ],
    [
      "attribute_type(n, :x)",
      "Invalid attribute type name found; type: x, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
    ],
  ])("is refused: %s", async (condition, message) => {
    await expect(holds(condition)).rejects.toMatchObject({
      name: "ValidationException",
      message: `Invalid ConditionExpression: ${message}`,
    });
  });

  it("is refused beyond 4 KB", async () => {
    await expect(holds(`n = :x ${" ".repeat(4096)}`)).rejects.toThrow(/Expression size has exceeded/);
  });
});

describe("names and values of expressions", () => {
  const remove = (more: object) =>
    served.documents.send(new DeleteCommand({ TableName: "plain", Key: { id: "c" }, ...more }));

  it("are refused when no expression uses them", async () => {
    const ConditionExpression = "attribute_exists(n)";
    await expect(remove({ ConditionExpression, ExpressionAttributeNames: { "#a": "a", "#b": "b" } })).rejects.toThrow(
      "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b}",
    );
    await expect(remove({ ConditionExpression, ExpressionAttributeValues: { ":a": 1 } })).rejects.toThrow(
      "Value provided in ExpressionAttributeValues unused in expressions: keys: {:a}",
    );
  });

  it("are refused without an expression, empty, or misnamed", async () => {
    await expect(remove({ ExpressionAttributeNames: { "#a": "a" } })).rejects.toThrow(
      "ExpressionAttributeNames can only be specified when using expressions",
    );
    const ConditionExpression = "attribute_exists(n)";
    await expect(remove({ ConditionExpression, ExpressionAttributeValues: {} })).rejects.toThrow(
      "ExpressionAttributeValues must not be empty",
    );
    await expect(remove({ ConditionExpression, ExpressionAttributeNames: { a: "a" } })).rejects.toThrow(
      'ExpressionAttributeNames contains invalid key: Syntax error; key: "a"',
    );
  });
});

describe("an attribute", () => {
  it("may have the name of something that every object has", async () => {
    const Key = { id: { S: "names" } };
    await served.client.send(new PutItemCommand({ TableName: "plain", Item: { ...Key, plain: { S: "p" } } }));
    const update = (name: string, condition: string) =>
      served.client.send(
        new UpdateItemCommand({
          TableName: "plain",
          Key,
          UpdateExpression: "SET #name = :v",
          ConditionExpression: `${condition}(#name)`,
          ExpressionAttributeNames: { "#name": name },
          ExpressionAttributeValues: { ":v": { S: name } },
        }),
      );
    for (const name of ["constructor", "toString", "hasOwnProperty"]) {
      await expect(update(name, "attribute_exists")).rejects.toThrow("The conditional request failed");
      await update(name, "attribute_not_exists");
      await update(name, "attribute_exists");
    }
    const { Item } = await served.client.send(new GetItemCommand({ TableName: "plain", Key }));
    expect(Object.keys(Item ?? {}).toSorted()).toEqual(["constructor", "hasOwnProperty", "id", "plain", "toString"]);
  });
});
