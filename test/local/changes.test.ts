import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { describe, expect, it, onTestFinished } from "vitest";
import { assemblyOf, attribute, functionOf, ref, temporaryFolder } from "./assembly.ts";
import { started } from "./started.ts";

type Index = { readonly name: string; readonly key: string; readonly type?: "S" | "N" };
const table = (indexes: readonly Index[], key = "pk") => ({
  Type: "AWS::DynamoDB::Table",
  Properties: {
    AttributeDefinitions: [
      { AttributeName: key, AttributeType: "S" },
      ...indexes.map((index) => ({ AttributeName: index.key, AttributeType: index.type ?? "S" })),
    ],
    KeySchema: [{ AttributeName: key, KeyType: "HASH" }],
    BillingMode: "PAY_PER_REQUEST",
    ...(indexes.length > 0
      ? {
          GlobalSecondaryIndexes: indexes.map(({ name, key: IndexKey }) => ({
            IndexName: name,
            KeySchema: [{ AttributeName: IndexKey, KeyType: "HASH" }],
            Projection: { ProjectionType: "KEYS_ONLY" },
          })),
        }
      : {}),
  },
});
const byStatus = { name: "byStatus", key: "status" };
const due = { name: "due", key: "due" };

function folder(): string {
  const made = temporaryFolder();
  onTestFinished(() => made[Symbol.dispose]());
  return made.path;
}

describe("starting a newer template on an older data folder", () => {
  it("adds indexes to a table with the rows that it holds", async () => {
    const place = folder();
    const first = await started(place, assemblyOf(place, { Rows: table([byStatus]) }));
    const TableName = first.endpoints.resources["Rows"];
    const Item = { pk: { S: "one" }, status: { S: "valid" }, due: { S: "today" } };
    await first.clients.dynamodb.send(new PutItemCommand({ TableName, Item }));
    await first.stop();

    const extended = table([byStatus, due, { name: "byAge", key: "age", type: "N" }]);
    const { clients, endpoints } = await started(place, assemblyOf(place, { Rows: extended }));
    expect(endpoints.resources["Rows"]).toBe(TableName);
    const { Items } = await clients.dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: "due",
        KeyConditionExpression: "#d = :d",
        ExpressionAttributeNames: { "#d": "due" },
        ExpressionAttributeValues: { ":d": { S: "today" } },
      }),
    );
    expect(Items).toEqual([{ pk: { S: "one" }, due: { S: "today" } }]);
  });

  it.each([
    ["an index is removed", table([byStatus]), "the index due"],
    ["an index has another key", table([byStatus, { ...due, key: "dueOn" }]), "the index due"],
    ["an index's key has another type", table([byStatus, { ...due, type: "N" }]), "the type of due"],
    ["the table has another key", table([byStatus, due], "id"), "the key"],
  ])("stops with the table's name and the remedy when %s", async (_, changed, what) => {
    const place = folder();
    await (await started(place, assemblyOf(place, { Rows: table([byStatus, due]) }))).stop();
    await expect(started(place, assemblyOf(place, { Rows: changed }))).rejects.toThrow(
      `Rows: the template changes or removes what the table in the data folder is built on (${what}); start with another folder (--data DIR)`,
    );
    await expect(started(place, assemblyOf(place, { Rows: table([byStatus, due]) }))).resolves.toBeDefined();
  });

  it("makes the tables, queues and buckets that are new, and runs the new functions", async () => {
    const place = folder();
    const older = { Rows: table([]), Work: { Type: "AWS::SQS::Queue" } };
    const first = await started(place, assemblyOf(place, older));
    await first.stop();

    const newer = {
      ...older,
      Work: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 90 } },
      Jobs: table([due]),
      Waiting: { Type: "AWS::SQS::Queue" },
      Uploads: {
        Type: "AWS::S3::Bucket",
        Properties: {
          NotificationConfiguration: {
            QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: attribute("Waiting", "Arn") }],
          },
        },
      },
      Answering: functionOf("answering", { Environment: { Variables: { JOBS: ref("Jobs") } } }),
      Provisioned: { Type: "Custom::Provisioned", Properties: { ServiceToken: attribute("Answering", "Arn") } },
    };
    const answering = `export const handler = async ({ ResponseURL }) => {
      await fetch(ResponseURL, { method: "PUT", body: JSON.stringify({ Status: "SUCCESS", PhysicalResourceId: process.env.JOBS }) });
    };`;
    const { clients, endpoints } = await started(place, assemblyOf(place, newer, { answering }));
    const { Rows, Work, Jobs, Uploads, Provisioned } = endpoints.resources;
    expect([Rows, Provisioned]).toEqual([first.endpoints.resources["Rows"], Jobs]);
    await clients.dynamodb.send(new PutItemCommand({ TableName: Jobs, Item: { pk: { S: "one" } } }));
    await clients.s3.send(new HeadBucketCommand({ Bucket: Uploads }));
    const { Attributes } = await clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: Work, AttributeNames: ["VisibilityTimeout"] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: "90" });
  });
});
