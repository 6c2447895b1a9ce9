import { CreateTableCommand, type CreateTableCommandInput, type DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** A table `things` (pk, sk) with an index that projects all, one with keys alone and one with `extra`. */
export const THINGS: CreateTableCommandInput = {
  TableName: "things",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [
    { AttributeName: "pk", AttributeType: "S" },
    { AttributeName: "sk", AttributeType: "S" },
    { AttributeName: "list", AttributeType: "S" },
    { AttributeName: "weight", AttributeType: "N" },
  ],
  KeySchema: [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: "byWeight",
      KeySchema: [
        { AttributeName: "list", KeyType: "HASH" },
        { AttributeName: "weight", KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "ALL" },
    },
    {
      IndexName: "byList",
      KeySchema: [{ AttributeName: "list", KeyType: "HASH" }],
      Projection: { ProjectionType: "KEYS_ONLY" },
    },
    {
      IndexName: "withExtra",
      KeySchema: [{ AttributeName: "list", KeyType: "HASH" }],
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["extra"] },
    },
  ],
};

/** A table `plain` with the hash key `id`, without indexes. */
export const PLAIN: CreateTableCommandInput = {
  TableName: "plain",
  BillingMode: "PAY_PER_REQUEST",
  AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
  KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
};

/** Makes both tables. */
export async function makeTables(client: DynamoDBClient): Promise<void> {
  for (const table of [THINGS, PLAIN]) await client.send(new CreateTableCommand(table));
}
