import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { cancelled, conditionFailed } from "../../../lambdas/aws/wire/aws-error.ts";
import { type Dynamo, dynamo } from "../../../lambdas/aws/wire/dynamo.ts";
import { useAws } from "../../local/aws/running.ts";
import { environmentOf } from "./environment.ts";
import { same } from "./outcome.ts";
import { json, type Received, scripted } from "./scripted.ts";

const running = useAws();

/** The SDK's client in the words of ours. */
function documents(): Dynamo {
  const client = DynamoDBDocumentClient.from(running().dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  return {
    get: async (TableName, Key) => (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item,
    put: async (input) => void (await client.send(new PutCommand(input))),
    update: async (input) => {
      const { Attributes } = await client.send(new UpdateCommand(input));
      return Attributes ? { Attributes } : {};
    },
    delete: async (input) => void (await client.send(new DeleteCommand(input))),
    query: async (input) => {
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand(input));
      return { Items, ...(LastEvaluatedKey ? { LastEvaluatedKey } : {}) };
    },
    getMany: async (table, keys) => {
      const RequestItems = { [table]: { Keys: [...keys], ConsistentRead: true } };
      const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
      return { found: Responses?.[table] ?? [], left: UnprocessedKeys?.[table]?.Keys ?? [] };
    },
    putMany: async (table, items) => {
      const RequestItems = { [table]: items.map((Item) => ({ PutRequest: { Item } })) };
      const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems }));
      return { left: (UnprocessedItems?.[table] ?? []).map(({ PutRequest }) => PutRequest?.Item ?? {}) };
    },
    transact: async (input) => void (await client.send(new TransactWriteCommand(input))),
  };
}

let ours: Dynamo;
let theirs: Dynamo;
beforeAll(async () => {
  ours = dynamo(environmentOf(running()));
  theirs = documents();
  for (const TableName of ["ours", "theirs"])
    await running().dynamodb.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: [
          { AttributeName: "pk", KeyType: "HASH" },
          { AttributeName: "sk", KeyType: "RANGE" },
        ],
      }),
    );
});

/** Does the same by both clients, each with a table of its own, and gives what came of it. */
const both = (verb: (client: Dynamo, table: string) => Promise<unknown>) =>
  same(verb(ours, "ours"), verb(theirs, "theirs"));

const item = {
  pk: "令和",
  sk: "all",
  text: "😀",
  empty: "",
  number: -1.5e-7,
  yes: true,
  nothing: null,
  octets: new Uint8Array([0, 255]),
  list: [1, "a", [null], { deep: [] }],
  record: { left: undefined, inner: { octets: new Uint8Array() } },
};
const keyOf = (pk: string, sk = "all") => ({ pk, sk });
const absent = "attribute_not_exists(pk)";
const lost = { name: "ConditionalCheckFailedException", status: 400 };

describe("dynamo", () => {
  it("puts and gets what the SDK does", async () => {
    await both((client, TableName) => client.put({ TableName, Item: item }));
    expect(await both((client, table) => client.get(table, keyOf("令和")))).toEqual({ answer: item });
    expect(await both((client, table) => client.get(table, keyOf("nobody")))).toEqual({ answer: undefined });
    expect(await theirs.get("ours", keyOf("令和"))).toEqual(item);
  });

  it("gets many at once, each its own", async () => {
    await both((client, table) =>
      client.putMany(
        table,
        [1, 2, 3].map((n) => ({ ...keyOf("apart", `${n}`), n })),
      ),
    );
    const asked = ["3", "1", "nobody", "3", "2"];
    expect(
      await both((client, table) => Promise.all(asked.map((sk) => client.get(table, keyOf("apart", sk))))),
    ).toMatchObject({ answer: [{ n: 3 }, { n: 1 }, undefined, { n: 3 }, { n: 2 }] });
  });

  it("updates, and gives what is asked for", async () => {
    const Key = keyOf("counter");
    const count = { UpdateExpression: "ADD #n :one", ExpressionAttributeNames: { "#n": "n" } };
    const ExpressionAttributeValues = { ":one": 1 };
    expect(
      await both((client, TableName) => client.update({ TableName, Key, ...count, ExpressionAttributeValues })),
    ).toEqual({ answer: {} });
    expect(
      await both((client, TableName) =>
        client.update({ TableName, Key, ...count, ExpressionAttributeValues, ReturnValues: "UPDATED_NEW" }),
      ),
    ).toEqual({ answer: { Attributes: { n: 2 } } });
  });

  it("queries by pages", async () => {
    const page = (client: Dynamo, TableName: string, ExclusiveStartKey?: Record<string, unknown>) =>
      client.query({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": "paged" },
        ExclusiveStartKey,
        Limit: 2,
        ScanIndexForward: false,
      });
    await both((client, table) =>
      client.putMany(
        table,
        ["1", "2", "3"].map((sk) => keyOf("paged", sk)),
      ),
    );
    expect(await both((client, table) => page(client, table))).toEqual({
      answer: { Items: [keyOf("paged", "3"), keyOf("paged", "2")], LastEvaluatedKey: keyOf("paged", "2") },
    });
    expect(await both((client, table) => page(client, table, keyOf("paged", "2")))).toEqual({
      answer: { Items: [keyOf("paged", "1")] },
    });
  });

  it("puts 25 items in one request and reads them in one; refuses more", async () => {
    const items = Array.from({ length: 26 }, (_, at) => ({ ...keyOf("many", `${at}`), octets: new Uint8Array([at]) }));
    expect(await both((client, table) => client.putMany(table, items.slice(1)))).toEqual({ answer: { left: [] } });
    expect(await both((client, table) => client.putMany(table, items))).toMatchObject({ name: "ValidationException" });
    const sorted = async (client: Dynamo, table: string) => {
      const { found, left } = await client.getMany(
        table,
        items.map(({ pk, sk }) => ({ pk, sk })),
      );
      return { found: found.toSorted((a, b) => Number(a["sk"]) - Number(b["sk"])), left };
    };
    expect(await both(sorted)).toEqual({ answer: { found: items.slice(1), left: [] } });
  });

  it("deletes", async () => {
    await both((client, TableName) => client.put({ TableName, Item: keyOf("gone") }));
    await both((client, TableName) => client.delete({ TableName, Key: keyOf("gone") }));
    expect(await both((client, table) => client.get(table, keyOf("gone")))).toEqual({ answer: undefined });
  });

  it("says that a condition did not hold", async () => {
    const Item = keyOf("there");
    await both((client, TableName) => client.put({ TableName, Item }));
    expect(
      await both((client, TableName) => client.put({ TableName, Item, ConditionExpression: absent })),
    ).toMatchObject(lost);
    expect(
      await both((client, TableName) => client.delete({ TableName, Key: Item, ConditionExpression: absent })),
    ).toMatchObject(lost);
    const UpdateExpression = "SET n = :n";
    const change = {
      Key: Item,
      UpdateExpression,
      ConditionExpression: "n < :n",
      ExpressionAttributeValues: { ":n": 1 },
    };
    expect(await both((client, TableName) => client.update({ TableName, ...change }))).toMatchObject(lost);
    const error: unknown = await ours.update({ TableName: "ours", ...change }).catch((reason: unknown) => reason);
    expect([conditionFailed(error), cancelled(error)]).toEqual([true, undefined]);
  });

  it("writes all or nothing, and says what each write was cancelled for", async () => {
    const writes = (TableName: string) => ({
      TransactItems: [
        { Put: { TableName, Item: { ...item, sk: "first" } } },
        { ConditionCheck: { TableName, Key: keyOf("nobody"), ConditionExpression: absent } },
        { Delete: { TableName, Key: keyOf("nobody", "else") } },
        {
          Update: {
            TableName,
            Key: keyOf("令和", "second"),
            UpdateExpression: "SET kept = :kept",
            ConditionExpression: absent,
            ExpressionAttributeValues: { ":kept": item.record },
          },
        },
      ],
    });
    expect(await both((client, table) => client.transact(writes(table)))).toEqual({ answer: undefined });
    expect(await both((client, table) => client.get(table, keyOf("令和", "first")))).toMatchObject({
      answer: { sk: "first" },
    });
    expect(await both((client, table) => client.transact(writes(table)))).toMatchObject({
      name: "TransactionCanceledException",
      reasons: ["None", "None", "None", "ConditionalCheckFailed"],
    });
    const error: unknown = await ours.transact(writes("ours")).catch((reason: unknown) => reason);
    expect([conditionFailed(error), cancelled(error)?.reasons.length]).toEqual([false, 4]);
  });

  it.each<[string, (client: Dynamo, table: string) => Promise<unknown>]>([
    ["get", (client, table) => client.get(table, keyOf("a"))],
    ["put", (client, TableName) => client.put({ TableName, Item: keyOf("a") })],
    ["getMany", (client, table) => client.getMany(table, [keyOf("a")])],
    ["putMany", (client, table) => client.putMany(table, [keyOf("a")])],
    ["delete", (client, TableName) => client.delete({ TableName, Key: keyOf("a") })],
    ["transact", (client, TableName) => client.transact({ TransactItems: [{ Put: { TableName, Item: keyOf("a") } }] })],
  ])("does not find, by %s, a table that is not there", async (_, verb) => {
    expect(await both((client) => verb(client, "nowhere"))).toMatchObject({
      name: "ResourceNotFoundException",
      status: 400,
    });
  });

  it("is refused what makes no sense", async () => {
    expect(await both((client, TableName) => client.put({ TableName, Item: { pk: "no sort key" } }))).toMatchObject({
      name: "ValidationException",
      status: 400,
    });
    expect(await both((client, table) => client.get(table, { pk: 1, sk: "a" }))).toMatchObject({
      name: "ValidationException",
    });
  });
});

describe("reads of one turn", () => {
  const asItem = (sk: string) => ({ pk: { S: "a" }, sk: { S: sk }, n: { N: sk } });
  const operationOf = ({ headers }: Received) => String(headers["x-amz-target"]).split(".")[1];
  const keysOf = (received: Received | undefined) => {
    const { RequestItems } = JSON.parse(received?.body ?? "{}") as {
      RequestItems: Record<string, { Keys: { sk: { S: string } }[]; ConsistentRead?: boolean }>;
    };
    return Object.entries(RequestItems).map(([table, { Keys, ConsistentRead }]) => ({
      table,
      keys: Keys.map(({ sk }) => sk.S),
      consistent: ConsistentRead,
    }));
  };

  it("go out as one request, each key once, and come back each with its own item", async () => {
    await using server = await scripted(json(200, { Responses: { t: [asItem("2"), asItem("1")] } }));
    const client = dynamo(server.environment);
    const found = await Promise.all(["1", "2", "none", "1"].map((sk) => client.get("t", keyOf("a", sk))));
    expect(found.map((one) => one?.["n"])).toEqual([1, 2, undefined, 1]);
    expect(server.received.map(operationOf)).toEqual(["BatchGetItem"]);
    expect(keysOf(server.received[0])).toEqual([{ table: "t", keys: ["1", "2", "none"], consistent: true }]);
  });

  it("of one key alone are one GetItem", async () => {
    await using server = await scripted(json(200, { Item: asItem("1") }));
    const client = dynamo(server.environment);
    const found = await Promise.all([client.get("t", keyOf("a", "1")), client.get("t", { sk: "1", pk: "a" })]);
    expect(found).toEqual([
      { ...keyOf("a", "1"), n: 1 },
      { ...keyOf("a", "1"), n: 1 },
    ]);
    expect(server.received.map(operationOf)).toEqual(["GetItem"]);
    expect(JSON.parse(server.received[0]?.body ?? "")).toMatchObject({ TableName: "t", ConsistentRead: true });
  });

  it("that DynamoDB leaves out are read alone", async () => {
    const left = [
      { pk: { S: "a" }, sk: { S: "2" } },
      { pk: { S: "a" }, sk: { S: "3" } },
    ];
    await using server = await scripted(
      json(200, { Responses: { t: [asItem("1")] }, UnprocessedKeys: { t: { Keys: left, ConsistentRead: true } } }),
      ...[0, 1].map(() => (response: Parameters<ReturnType<typeof json>>[0], received: Received) => {
        const { Key } = JSON.parse(received.body) as { Key: { sk: { S: string } } };
        json(200, Key.sk.S === "2" ? { Item: asItem("2") } : {})(response, received);
      }),
    );
    const client = dynamo(server.environment);
    const found = await Promise.all(["1", "2", "3"].map((sk) => client.get("t", keyOf("a", sk))));
    expect(found.map((one) => one?.["n"])).toEqual([1, 2, undefined]);
    expect(server.received.map(operationOf)).toEqual(["BatchGetItem", "GetItem", "GetItem"]);
  });

  it("go out by table, and by hundreds", async () => {
    await using server = await scripted();
    const client = dynamo(server.environment);
    const hundredAndTwo = Array.from({ length: 102 }, (_, at) => `${at}`);
    await Promise.all([
      ...hundredAndTwo.map((sk) => client.get("t", keyOf("a", sk))),
      ...["x", "y"].map((sk) => client.get("other", keyOf("a", sk))),
    ]);
    const asked = server.received.flatMap(keysOf).map(({ table, keys }) => `${table} ${keys.length}`);
    expect(asked.toSorted()).toEqual(["other 2", "t 100", "t 2"]);
  });

  it("of a later turn are a request of their own", async () => {
    await using server = await scripted();
    const client = dynamo(server.environment);
    await Promise.all([client.get("t", keyOf("a", "1")), client.get("t", keyOf("a", "2"))]);
    await client.get("t", keyOf("a", "1"));
    expect(server.received.map(operationOf)).toEqual(["BatchGetItem", "GetItem"]);
  });

  it("fail together", async () => {
    const refusal = { __type: "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", message: "no table" };
    await using server = await scripted(json(400, refusal));
    const client = dynamo(server.environment);
    const found = await Promise.allSettled(["1", "2"].map((sk) => client.get("t", keyOf("a", sk))));
    const lost = { status: "rejected", reason: { name: "ResourceNotFoundException" } };
    expect(found).toMatchObject([lost, lost]);
    expect(await client.get("t", keyOf("a", "1"))).toBeUndefined();
  });
});
