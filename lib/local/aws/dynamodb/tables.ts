import { AwsError, type Json, type Operation } from "../protocol.ts";
import { type Definitions, describe, readDefinitions, readIndex, readKeys } from "./definition.ts";
import { allow, choice, flag, invalid, optionalRecord, record, records, text } from "./parameters.ts";
import { type Index, keyAttributes, type Table } from "./schema.ts";
import type { Store } from "./store.ts";
import { tableOf } from "./table.ts";

const SETTINGS = [
  "TableName",
  "AttributeDefinitions",
  "BillingMode",
  "SSESpecification",
  "DeletionProtectionEnabled",
  "StreamSpecification",
  "TableClass",
];
const INDEX = ["IndexName", "KeySchema", "Projection"];
const MAXIMUM_INDEXES = 20;

/** Refuses unsupported settings; returns the others. */
function settings(
  input: Json,
  before: Pick<Table, "deletionProtection" | "encryption">,
): Pick<Table, "deletionProtection" | "encryption"> {
  const stream = optionalRecord(input, "StreamSpecification");
  if (stream !== undefined && flag(stream, "StreamEnabled", true)) {
    throw invalid("StreamSpecification: the local DynamoDB has no streams; leave it out or set StreamEnabled to false");
  }
  choice(input, "TableClass", ["STANDARD"]);
  const encryption = optionalRecord(input, "SSESpecification");
  return {
    deletionProtection: flag(input, "DeletionProtectionEnabled", before.deletionProtection),
    encryption: encryption === undefined ? before.encryption : flag(encryption, "Enabled", false),
  };
}

function refuseUnused(definitions: Definitions, table: Table): void {
  const used = new Set([table, ...table.indexes].flatMap(({ keys }) => keyAttributes(keys)).map(({ name }) => name));
  const unused = [...definitions.keys()].filter((name) => !used.has(name));
  if (unused.length > 0) {
    throw invalid(
      `One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: [${[...definitions.keys()].join(", ")}], keys used: [${[...used].join(", ")}]`,
    );
  }
}

function checkIndexes(indexes: readonly Index[]): void {
  const names = indexes.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw invalid(`One or more parameter values were invalid: Duplicate index name: ${twice}`);
  if (names.length > MAXIMUM_INDEXES) {
    throw invalid(
      "One or more parameter values were invalid: GlobalSecondaryIndex count exceeds the per-table limit of 20",
    );
  }
}

function create(store: Store, input: Json, now: number): Table {
  allow(input, [...SETTINGS, "KeySchema", "GlobalSecondaryIndexes", "LocalSecondaryIndexes", "Tags"], "CreateTable");
  const name = text(input, "TableName");
  if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
    throw invalid(
      "TableName must be at least 3 characters long and at most 255 characters long, of a-z, A-Z, 0-9, _, - and .",
    );
  }
  if (records(input, "LocalSecondaryIndexes").length > 0) {
    throw invalid("LocalSecondaryIndexes: the local DynamoDB serves global secondary indexes only");
  }
  if (choice(input, "BillingMode", ["PROVISIONED", "PAY_PER_REQUEST"]) !== "PAY_PER_REQUEST") {
    throw invalid("BillingMode: the local DynamoDB serves PAY_PER_REQUEST only");
  }
  if (store.tables.has(name)) throw new AwsError("ResourceInUseException", `Table already exists: ${name}`);
  const definitions = readDefinitions(input);
  const keys = readKeys(input, definitions);
  const indexes = records(input, "GlobalSecondaryIndexes").map((entry) => {
    allow(entry, INDEX, "CreateTable GlobalSecondaryIndexes");
    return readIndex(entry, definitions, keys, store.nextId());
  });
  checkIndexes(indexes);
  const kept = settings(input, { deletionProtection: false, encryption: false });
  const table: Table = { id: store.nextId(), name, keys, indexes, created: now, ...kept };
  refuseUnused(definitions, table);
  store.define(table);
  return table;
}

function update(store: Store, input: Json): Table {
  allow(input, [...SETTINGS, "GlobalSecondaryIndexUpdates"], "UpdateTable");
  const before = tableOf(store, text(input, "TableName"));
  choice(input, "BillingMode", ["PAY_PER_REQUEST"]);
  const known = [before, ...before.indexes].flatMap(({ keys }) => keyAttributes(keys));
  const definitions = new Map([...known.map(({ name, type }) => [name, type] as const), ...readDefinitions(input)]);
  const added = records(input, "GlobalSecondaryIndexUpdates").map((change) => {
    allow(change, ["Create"], "UpdateTable GlobalSecondaryIndexUpdates");
    const entry = record(change, "Create");
    allow(entry, INDEX, "UpdateTable GlobalSecondaryIndexUpdates Create");
    const name = text(entry, "IndexName");
    if (before.indexes.some((index) => index.name === name)) {
      throw invalid(`Attempting to create an index which already exists: ${name}`);
    }
    return readIndex(entry, definitions, before.keys, store.nextId());
  });
  if (added.length > 1)
    throw invalid("Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table");
  const indexes = [...before.indexes, ...added];
  checkIndexes(indexes);
  const table: Table = { ...before, ...settings(input, before), indexes };
  store.define(table);
  return table;
}

function size(store: Store, table: Table): { items: number; bytes: number } {
  for (const row of store.rows(`SELECT count(*) AS items, total(size) AS bytes FROM items_${table.id}`, [])) {
    return { items: Number(row["items"]), bytes: Number(row["bytes"]) };
  }
  return { items: 0, bytes: 0 };
}

/** CreateTable, UpdateTable (adds indexes) and DescribeTable. A table is active immediately. */
export function tableOperations(store: Store, now: () => number): Record<string, Operation> {
  return {
    CreateTable: (input) => ({ TableDescription: describe(create(store, input, now()), { items: 0, bytes: 0 }) }),
    UpdateTable(input) {
      const table = update(store, input);
      return { TableDescription: describe(table, size(store, table)) };
    },
    DescribeTable(input) {
      allow(input, ["TableName"], "DescribeTable");
      const name = text(input, "TableName");
      const table = tableOf(store, name, `Requested resource not found: Table: ${name} not found`);
      return { Table: describe(table, size(store, table)) };
    },
  };
}
