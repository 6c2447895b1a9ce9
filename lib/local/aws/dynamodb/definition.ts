import type { Json } from "../protocol.ts";
import { choice, invalid, record, records, text } from "./parameters.ts";
import { type Index, type KeyAttribute, keyAttributes, type KeySchema, type Table } from "./schema.ts";
import { tableArn } from "./table.ts";

/** The types of the attributes that keys may use. */
export type Definitions = ReadonlyMap<string, KeyAttribute["type"]>;

/** Reads AttributeDefinitions. */
export function readDefinitions(input: Json): Definitions {
  return new Map(
    records(input, "AttributeDefinitions").map((entry) => {
      text(entry, "AttributeType");
      return [text(entry, "AttributeName"), choice(entry, "AttributeType", ["S", "N", "B"])];
    }),
  );
}

/** Reads a KeySchema: one hash and at most one range attribute, both defined. */
export function readKeys(input: Json, definitions: Definitions): KeySchema {
  const entries = records(input, "KeySchema").map((entry) => ({
    name: text(entry, "AttributeName"),
    keyType: text(entry, "KeyType"),
  }));
  const [first, second, third] = entries;
  if (first?.keyType !== "HASH") throw invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  if (second !== undefined && second.keyType !== "RANGE") {
    throw invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
  if (third !== undefined)
    throw invalid("KeySchema: the local DynamoDB serves one HASH and one RANGE attribute at most");
  if (first.name === second?.name) {
    throw invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  const attribute = (name: string): KeyAttribute => {
    const type = definitions.get(name);
    if (type === undefined) {
      throw invalid(
        `One or more parameter values were invalid: Some index key attributes are not defined in AttributeDefinitions. Keys: [${entries.map((entry) => entry.name).join(", ")}], AttributeDefinitions: [${[...definitions.keys()].join(", ")}]`,
      );
    }
    return { name, type };
  };
  return { hash: attribute(first.name), ...(second !== undefined && { range: attribute(second.name) }) };
}

/** Reads a global secondary index of a table with these keys. */
export function readIndex(entry: Json, definitions: Definitions, tableKeys: KeySchema, id: number): Index {
  const name = text(entry, "IndexName");
  const keys = readKeys(entry, definitions);
  const projection = record(entry, "Projection");
  text(projection, "ProjectionType");
  const projectionType = choice(projection, "ProjectionType", ["ALL", "KEYS_ONLY", "INCLUDE"]);
  const given = projection["NonKeyAttributes"] ?? [];
  if (!Array.isArray(given) || !given.every((attribute) => typeof attribute === "string")) {
    throw invalid(`NonKeyAttributes of index ${name}: must be a list of names`);
  }
  const nonKeyAttributes: readonly string[] = given;
  if (projectionType !== "INCLUDE" && nonKeyAttributes.length > 0) {
    throw invalid(
      `One or more parameter values were invalid: ProjectionType is ${projectionType}, but NonKeyAttributes is specified`,
    );
  }
  const shown = [...keyAttributes(tableKeys), ...keyAttributes(keys)].map((attribute) => attribute.name);
  const projected = projectionType === "ALL" ? undefined : [...new Set([...shown, ...nonKeyAttributes])];
  return { id, name, keys, projectionType, nonKeyAttributes, projected };
}

function keySchema(keys: KeySchema): Json[] {
  return keyAttributes(keys).map(({ name }, position) => ({
    AttributeName: name,
    KeyType: position === 0 ? "HASH" : "RANGE",
  }));
}

/** The TableDescription of a table. */
export function describe(table: Table, size: { items: number; bytes: number }): Json {
  const arn = tableArn(table.name);
  const attributes = new Map(
    [table, ...table.indexes].flatMap(({ keys }) => keyAttributes(keys)).map((each) => [each.name, each.type]),
  );
  const indexes = table.indexes.map((index) => ({
    IndexName: index.name,
    IndexArn: `${arn}/index/${index.name}`,
    IndexStatus: "ACTIVE",
    KeySchema: keySchema(index.keys),
    Projection: {
      ProjectionType: index.projectionType,
      ...(index.nonKeyAttributes.length > 0 && { NonKeyAttributes: index.nonKeyAttributes }),
    },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
  }));
  return {
    TableName: table.name,
    TableArn: arn,
    TableStatus: "ACTIVE",
    CreationDateTime: table.created / 1000,
    AttributeDefinitions: [...attributes].map(([name, type]) => ({ AttributeName: name, AttributeType: type })),
    KeySchema: keySchema(table.keys),
    ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    ProvisionedThroughput: { NumberOfDecreasesToday: 0, ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
    DeletionProtectionEnabled: table.deletionProtection,
    ...(table.encryption && { SSEDescription: { Status: "ENABLED", SSEType: "KMS" } }),
    ItemCount: size.items,
    TableSizeBytes: size.bytes,
  };
}
