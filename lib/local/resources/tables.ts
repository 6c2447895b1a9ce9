import {
  CreateTableCommand,
  DescribeTableCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  type DynamoDBClient,
  type GlobalSecondaryIndexDescription,
} from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { digestOf } from "../template.ts";
import { isOneOf, read, truth, unused, type ResourceRequest, type Provider } from "./provider.ts";

const keySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(["HASH", "RANGE"]) }));
const shape = z.strictObject({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(["S", "N", "B"]) })),
  KeySchema: keySchema,
  BillingMode: z.literal("PAY_PER_REQUEST"),
  GlobalSecondaryIndexes: z
    .array(
      z.strictObject({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(["ALL", "KEYS_ONLY", "INCLUDE"]),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  TimeToLiveSpecification: z.strictObject({ AttributeName: z.string(), Enabled: truth }).optional(),
  DeletionProtectionEnabled: truth.optional(),
  // Backups, encryption and tags: the data folder is as safe as its disk.
  PointInTimeRecoverySpecification: unused,
  SSESpecification: unused,
  Tags: unused,
});

type Index = NonNullable<z.output<typeof shape>["GlobalSecondaryIndexes"]>[number];
const indexOf = ({ IndexName, KeySchema, Projection: { ProjectionType, NonKeyAttributes } }: Index) => ({
  IndexName,
  KeySchema,
  Projection: { ProjectionType, ...(NonKeyAttributes ? { NonKeyAttributes } : {}) },
});

/** No-op if the table exists: an earlier start was killed before it recorded the table. */
async function create(client: DynamoDBClient, TableName: string, properties: z.output<typeof shape>): Promise<void> {
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions: properties.AttributeDefinitions,
        KeySchema: properties.KeySchema,
        BillingMode: properties.BillingMode,
        GlobalSecondaryIndexes: properties.GlobalSecondaryIndexes?.map(indexOf),
        ...(properties.DeletionProtectionEnabled === undefined
          ? {}
          : { DeletionProtectionEnabled: properties.DeletionProtectionEnabled }),
      }),
    );
  } catch (error) {
    if (!isOneOf(error, "ResourceInUseException")) throw error;
  }
}

const kindOf = ({ KeySchema, Projection }: Pick<GlobalSecondaryIndexDescription, "KeySchema" | "Projection">): string =>
  digestOf({ KeySchema, type: Projection?.ProjectionType, more: Projection?.NonKeyAttributes ?? [] });

/** Adds missing indexes to a table, one per call as DynamoDB requires; throws with the remedy if one is changed or removed. */
async function addIndexes(
  client: DynamoDBClient,
  { logicalId }: ResourceRequest,
  TableName: string,
  { KeySchema, GlobalSecondaryIndexes = [], AttributeDefinitions }: z.output<typeof shape>,
): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const types = new Map(AttributeDefinitions.map(({ AttributeName, AttributeType }) => [AttributeName, AttributeType]));
  const known = new Map(Table?.GlobalSecondaryIndexes?.map((index) => [index.IndexName, kindOf(index)]));
  const wanted = new Map(GlobalSecondaryIndexes.map((index) => [index.IndexName, kindOf(index)]));
  const differing = [
    ...(digestOf(Table?.KeySchema) === digestOf(KeySchema) ? [] : ["the key"]),
    ...[...known].flatMap(([name = "", kind]) => (wanted.get(name) === kind ? [] : `the index ${name}`)),
    ...(Table?.AttributeDefinitions ?? []).flatMap(({ AttributeName = "", AttributeType }) =>
      (types.get(AttributeName) ?? AttributeType) === AttributeType ? [] : `the type of ${AttributeName}`,
    ),
  ];
  if (differing.length > 0) {
    throw new Error(
      `${logicalId}: the template changes or removes what the table in the data folder is built on (${differing.join(", ")}); start with another folder (--data DIR)`,
    );
  }
  const added = GlobalSecondaryIndexes.filter(({ IndexName }) => !known.has(IndexName));
  for (const index of added) {
    await client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions,
        GlobalSecondaryIndexUpdates: [{ Create: indexOf(index) }],
      }),
    );
  }
}

/** Creates a DynamoDB table, or adds missing indexes to an existing one; throws with the remedy for other changes of keys and indexes. */
export const table: Provider = async ({ dynamodb }, request) => {
  const properties = read(shape, request);
  const TableName = properties.TableName ?? request.name;
  const { KeySchema, GlobalSecondaryIndexes, AttributeDefinitions } = properties;
  const structure = digestOf({ KeySchema, GlobalSecondaryIndexes, AttributeDefinitions });
  const before = request.before?.attributes["structure"];
  if (before === undefined) await create(dynamodb, TableName, properties);
  if (before !== structure) await addIndexes(dynamodb, request, TableName, properties);
  const { TimeToLiveSpecification } = properties;
  try {
    if (TimeToLiveSpecification)
      await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  } catch (error) {
    // DynamoDB refuses to enable it twice, which happens after a killed start.
    if (!(isOneOf(error, "ValidationException") && error instanceof Error && /already/.test(error.message)))
      throw error;
  }
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
  return { physicalId: TableName, attributes: { Arn: Table?.TableArn ?? "", structure } };
};
