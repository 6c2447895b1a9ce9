import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { type Dynamo, dynamo, type TransactItem } from "../../lambdas/aws/dynamo.ts";
import { cancellationReasons, conditionFailed } from "../../lambdas/aws/errors.ts";
import { matching, useAws } from "../local/aws/running.ts";
import { configOf } from "./config.ts";
import { refusal, reset, scripted, silence } from "./scripted.ts";

const running = useAws();
const TableName = "items";
let client: Dynamo;
beforeAll(async () => {
  client = dynamo(configOf(running(), "dynamodb"));
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

const keyOf = (pk: string, sk = "all") => ({ pk, sk });
const absent = "attribute_not_exists(pk)";
const errorOf = (work: Promise<unknown>): Promise<unknown> => work.then(String, (error: unknown) => error);

describe("dynamo", () => {
  it("stores text, numbers, booleans, null, octets, lists and records, and leaves out what is undefined", async () => {
    const Item = {
      ...keyOf("令和"),
      text: "😀",
      empty: "",
      number: -1.5e-7,
      yes: true,
      nothing: null,
      octets: new Uint8Array([0, 255]),
      list: [1, "a", [null], { deep: [] }],
      record: { left: undefined, inner: { octets: new Uint8Array() } },
    };
    await client.put({ TableName, Item });
    expect(await client.get(TableName, keyOf("令和"))).toEqual(Item);
    expect(await client.get(TableName, keyOf("nobody"))).toBeUndefined();
  });

  it.each([new Date(), new URL("http://a.jp/"), Number.NaN, 2 ** 60])(
    "refuses %s, which would come back as something else",
    async (value) => {
      await expect(client.put({ TableName, Item: { ...keyOf("other"), value } })).rejects.toThrow(Error);
      expect(await client.get(TableName, keyOf("other"))).toBeUndefined();
    },
  );

  it("updates, and returns what is asked for", async () => {
    const counted = {
      TableName,
      Key: keyOf("counter"),
      UpdateExpression: "ADD #n :one",
      ExpressionAttributeNames: { "#n": "n" },
      ExpressionAttributeValues: { ":one": 1 },
    };
    expect(await client.update(counted)).toEqual({});
    expect(await client.update({ ...counted, ReturnValues: "UPDATED_NEW" })).toEqual({ Attributes: { n: 2 } });
  });

  it("queries by pages", async () => {
    for (const sk of ["1", "2", "3"]) await client.put({ TableName, Item: keyOf("paged", sk) });
    const page = (ExclusiveStartKey?: Record<string, unknown>) =>
      client.query({
        TableName,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": "paged" },
        ExclusiveStartKey,
        Limit: 2,
        ScanIndexForward: false,
      });
    const first = await page();
    expect(first).toEqual({
      Items: [keyOf("paged", "3"), keyOf("paged", "2")],
      LastEvaluatedKey: keyOf("paged", "2"),
      Count: 2,
      ScannedCount: 2,
    });
    expect(await page(first.LastEvaluatedKey)).toEqual({ Items: [keyOf("paged", "1")], Count: 1, ScannedCount: 1 });
  });

  it("says that a condition does not hold", async () => {
    const Key = keyOf("there");
    await client.put({ TableName, Item: Key });
    const condition = { TableName, ConditionExpression: absent };
    const failures = await Promise.all([
      errorOf(client.put({ ...condition, Item: Key })),
      errorOf(client.delete({ ...condition, Key })),
      errorOf(client.update({ ...condition, Key, UpdateExpression: "REMOVE n" })),
    ]);
    expect(failures.map(conditionFailed)).toEqual([true, true, true]);
    expect(failures.map(cancellationReasons)).toEqual([undefined, undefined, undefined]);
    await client.delete({ TableName, Key });
    expect(await client.get(TableName, Key)).toBeUndefined();
  });

  it("writes all of a transaction or nothing, and says what each write was cancelled for", async () => {
    const writes: readonly TransactItem[] = [
      { Put: { TableName, Item: keyOf("together", "put") } },
      { ConditionCheck: { TableName, Key: keyOf("nobody"), ConditionExpression: absent } },
      { Delete: { TableName, Key: keyOf("nobody", "else") } },
      {
        Update: {
          TableName,
          Key: keyOf("together", "updated"),
          UpdateExpression: "SET kept = :kept",
          ConditionExpression: absent,
          ExpressionAttributeValues: { ":kept": { octets: new Uint8Array([1]) } },
        },
      },
    ];
    await client.transact(writes);
    expect(await client.get(TableName, keyOf("together", "put"))).toEqual(keyOf("together", "put"));
    expect(await client.get(TableName, keyOf("together", "updated"))).toMatchObject({
      kept: { octets: new Uint8Array([1]) },
    });
    const error = await errorOf(client.transact(writes));
    const reasons = cancellationReasons(error)?.map(({ Code }) => Code);
    expect(reasons).toEqual(["None", "None", "None", "ConditionalCheckFailed"]);
    expect(conditionFailed(error)).toBe(false);
  });
});

const put = { TableName: "t", Item: keyOf("a") };

describe("a request that fails", () => {
  it("is sent again after a conflict, a throttle, a fault or a broken connection, three times in all", async () => {
    for (const trouble of [
      refusal("TransactionConflictException"),
      refusal("ThrottlingException"),
      (response: Parameters<typeof reset>[0]) => void response.writeHead(503).end(),
      reset,
    ]) {
      await using server = await scripted([trouble, trouble]);
      await dynamo(server.config).put(put);
      expect(server.received).toHaveLength(3);
    }
    await using server = await scripted([], refusal("TransactionConflictException"));
    await expect(dynamo(server.config).put(put)).rejects.toMatchObject({ name: "TransactionConflictException" });
    expect(server.received).toHaveLength(3);
  });

  it("is not sent again where it would fail again, and its error names the request", async () => {
    await using server = await scripted([], refusal("ResourceNotFoundException"));
    await expect(dynamo(server.config).put(put)).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      $metadata: { requestId: "REQUEST", httpStatusCode: 400 },
    });
    expect(server.received).toHaveLength(1);
  });

  it("is given up while nothing moves, and sent again", async () => {
    await using server = await scripted([silence]);
    const began = performance.now();
    await dynamo(server.config).put(put);
    expect(server.received).toHaveLength(2);
    expect(performance.now() - began).toBeGreaterThan(4_900);
  });

  it("is the same transaction when it is sent again, and another for the next commit", async () => {
    await using server = await scripted([reset]);
    const own = dynamo(server.config);
    await own.transact([{ Put: put }]);
    await own.transact([{ Put: put }]);
    const tokens = server.received.map(
      ({ body }) => (JSON.parse(body) as { ClientRequestToken: string }).ClientRequestToken,
    );
    expect(tokens).toEqual([tokens[0], tokens[0], matching(/^[-0-9a-f]{36}$/)]);
    expect(tokens[2]).not.toBe(tokens[0]);
  });
});
