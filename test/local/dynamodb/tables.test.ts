import {
  CreateTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BatchWriteCommand, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { serve } from "./server.ts";
import { makeTables, PLAIN, THINGS } from "./tables.ts";

describe("CreateTable", () => {
  it("makes a table that is active and described", async () => {
    await using served = await serve();
    await makeTables(served.client);
    await waitUntilTableExists({ client: served.client, maxWaitTime: 30 }, { TableName: "things" });
    const { Table } = await served.client.send(new DescribeTableCommand({ TableName: "things" }));
    expect(Table).toMatchObject({ TableStatus: "ACTIVE", KeySchema: THINGS.KeySchema, ItemCount: 0 });
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName, Projection }) => [IndexName, Projection])).toEqual([
      ["byWeight", { ProjectionType: "ALL" }],
      ["byList", { ProjectionType: "KEYS_ONLY" }],
      ["withExtra", { ProjectionType: "INCLUDE", NonKeyAttributes: ["extra"] }],
    ]);
  });

  it("refuses a second table of the name, and settings it cannot keep", async () => {
    await using served = await serve();
    await makeTables(served.client);
    const create = (more: object) => served.client.send(new CreateTableCommand({ ...PLAIN, ...more }));
    await expect(create({})).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Table already exists: plain",
    });
    const TableName = "other";
    await expect(create({ TableName, BillingMode: "PROVISIONED" })).rejects.toThrow(/PAY_PER_REQUEST only/);
    await expect(
      create({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType: "KEYS_ONLY" } }),
    ).rejects.toThrow(/no streams/);
    await expect(create({ TableName, OnDemandThroughput: {} })).rejects.toThrow(/OnDemandThroughput is not served/);
    await create({
      TableName,
      DeletionProtectionEnabled: true,
      SSESpecification: { Enabled: true },
      StreamSpecification: { StreamEnabled: false },
      Tags: [{ Key: "k", Value: "v" }],
    });
    const { Table } = await served.client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({ DeletionProtectionEnabled: true, SSEDescription: { Status: "ENABLED" } });
  });
});

describe("UpdateTable", () => {
  it("adds an index and fills it with the items that have its key", async () => {
    await using served = await serve();
    await makeTables(served.client);
    const items = [{ id: "a", colour: "red" }, { id: "b" }, { id: "c", colour: "red" }, { id: "d", colour: 7 }];
    const requests = items.map((Item) => ({ PutRequest: { Item } }));
    await served.documents.send(new BatchWriteCommand({ RequestItems: { plain: requests } }));
    await served.client.send(
      new UpdateTableCommand({
        TableName: "plain",
        AttributeDefinitions: [{ AttributeName: "colour", AttributeType: "S" }],
        GlobalSecondaryIndexUpdates: [
          {
            Create: {
              IndexName: "byColour",
              KeySchema: [{ AttributeName: "colour", KeyType: "HASH" }],
              Projection: { ProjectionType: "KEYS_ONLY" },
            },
          },
        ],
      }),
    );
    const { Items } = await served.documents.send(
      new QueryCommand({
        TableName: "plain",
        IndexName: "byColour",
        KeyConditionExpression: "colour = :red",
        ExpressionAttributeValues: { ":red": "red" },
      }),
    );
    expect(Items).toEqual([items[0], items[2]]);
  });
});

describe("time to live", () => {
  it("deletes what has expired at the next opening, from the indexes too, and never before", async () => {
    const folder = await mkdtemp(join(tmpdir(), "dynamodb-"));
    const file = join(folder, "dynamodb.sqlite");
    let now = 1_800_000_000_000;
    const second = now / 1000;
    {
      await using served = await serve({ file, now: () => now });
      await makeTables(served.client);
      const items = { soon: second + 10, later: second + 1000, text: "never", past: second - 6 * 365 * 86_400 };
      const requests = Object.entries(items).map(([pk, expires]) => ({
        PutRequest: { Item: { pk, sk: "s", list: "l", expires } },
      }));
      await served.documents.send(new BatchWriteCommand({ RequestItems: { things: requests } }));
      const enable = new UpdateTimeToLiveCommand({
        TableName: "things",
        TimeToLiveSpecification: { AttributeName: "expires", Enabled: true },
      });
      await served.client.send(enable);
      await expect(served.client.send(enable)).rejects.toThrow("TimeToLive is already enabled");
      now += 11_000;
      const command = new GetCommand({ TableName: "things", Key: { pk: "soon", sk: "s" } });
      expect((await served.documents.send(command)).Item).toBeDefined();
    }
    {
      await using served = await serve({ file, now: () => now });
      const found = async (name: string, value: string, IndexName?: string) => {
        const { Items = [] } = await served.documents.send(
          new QueryCommand({
            TableName: "things",
            ...(IndexName === undefined ? {} : { IndexName }),
            KeyConditionExpression: "#name = :value",
            ExpressionAttributeNames: { "#name": name },
            ExpressionAttributeValues: { ":value": value },
          }),
        );
        return Items.map((item) => item["pk"] as string);
      };
      expect(await Promise.all(["soon", "later", "past", "text"].map((pk) => found("pk", pk)))).toEqual([
        [],
        ["later"],
        ["past"],
        ["text"],
      ]);
      expect((await found("list", "l", "byList")).toSorted()).toEqual(["later", "past", "text"]);
      // It is still enabled.
      const disable = { AttributeName: "expires", Enabled: false };
      await served.client.send(new UpdateTimeToLiveCommand({ TableName: "things", TimeToLiveSpecification: disable }));
    }
    await rm(folder, { recursive: true });
  });
});
