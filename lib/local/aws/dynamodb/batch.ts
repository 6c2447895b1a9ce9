import type { Json, Operation } from "../protocol.ts";
import { type Item, readItem } from "./attribute.ts";
import { consumedWanted, readUnits, report, type Spent } from "./capacity.ts";
import { projection } from "./items.ts";
import { allow, choice, flag, invalid, isJson, optionalRecord, record, records } from "./parameters.ts";
import { pick } from "./path.ts";
import { placeholders } from "./placeholders.ts";
import { type Key, keyOfParameter, type Table } from "./schema.ts";
import type { Store } from "./store.ts";
import { tableOf } from "./table.ts";
import { deleteOrder, perform, putOrder, type WriteOrder } from "./write.ts";

const MAXIMUM_ANSWER = 16 * 1024 * 1024;

/** A string that identifies an item of a table. */
export function itemIdentity(table: Table, key: Key): string {
  return [String(table.id), Buffer.from(key.hash).toString("hex"), Buffer.from(key.range).toString("hex")].join(" ");
}

function refuseDuplicates(identities: readonly string[]): void {
  if (new Set(identities).size !== identities.length) throw invalid("Provided list of item keys contains duplicates");
}

function writeOrder(store: Store, tableName: string, request: Json): WriteOrder {
  allow(request, ["PutRequest", "DeleteRequest"], "BatchWriteItem");
  const [put, remove] = [optionalRecord(request, "PutRequest"), optionalRecord(request, "DeleteRequest")];
  if ((put === undefined) === (remove === undefined)) {
    throw invalid(
      "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
    );
  }
  if (put !== undefined) {
    allow(put, ["Item"], "BatchWriteItem PutRequest");
    return putOrder(store, { TableName: tableName, Item: put["Item"] });
  }
  allow(remove ?? {}, ["Key"], "BatchWriteItem DeleteRequest");
  return deleteOrder(store, { TableName: tableName, Key: remove?.["Key"] });
}

function requested(input: Json, operation: string, parameters: readonly string[]): readonly [string, unknown][] {
  allow(input, ["RequestItems", "ReturnConsumedCapacity", ...parameters], operation);
  consumedWanted(input);
  const tables = Object.entries(record(input, "RequestItems"));
  if (tables.length === 0) {
    throw invalid(
      "1 validation error detected: Value '{}' at 'requestItems' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  }
  return tables;
}

/** BatchWriteItem (atomic here, with nothing left unprocessed) and BatchGetItem. */
export function batchOperations(store: Store): Record<string, Operation> {
  return {
    BatchWriteItem(input, count) {
      const tables = requested(input, "BatchWriteItem", ["ReturnItemCollectionMetrics"]);
      choice(input, "ReturnItemCollectionMetrics", ["NONE"]);
      const requests = tables.flatMap(([name]) =>
        records(record(input, "RequestItems"), name).map((request) => ({ name, request })),
      );
      if (requests.length > 25) throw invalid("Too many items requested for the BatchWriteItem call");
      const orders = requests.map(({ name, request }) => writeOrder(store, name, request));
      refuseDuplicates(orders.map(({ table, key }) => itemIdentity(table, key)));
      const spent = store.atomically(() => orders.flatMap((order) => perform(store, order).spent));
      return { UnprocessedItems: {}, ...report(input, "write", spent, count, "list") };
    },
    BatchGetItem(input, count) {
      const tables = requested(input, "BatchGetItem", []).map(([name, wanted]) => {
        if (!isJson(wanted)) throw invalid(`BatchGetItem: RequestItems.${name} must be an object`);
        allow(wanted, ["Keys", "ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames"], "BatchGetItem");
        const table = tableOf(store, name);
        const scope = placeholders(wanted);
        const tree = projection(wanted, scope);
        scope.finish();
        const keys = records(wanted, "Keys").map((given) => ({
          given,
          key: keyOfParameter(table.keys, readItem(given)),
        }));
        refuseDuplicates(keys.map(({ key }) => itemIdentity(table, key)));
        return { name, wanted, table, tree, keys, consistent: flag(wanted, "ConsistentRead", false) };
      });
      if (tables.reduce((sum, { keys }) => sum + keys.length, 0) > 100) {
        throw invalid("Too many items requested for the BatchGetItem call");
      }
      const spent: Spent[] = [];
      const responses: Record<string, Item[]> = {};
      const unprocessed: Record<string, Json> = {};
      let bytes = 0;
      for (const { name, wanted, table, tree, keys, consistent } of tables) {
        const items: Item[] = [];
        const left: Json[] = [];
        for (const { given, key } of keys) {
          const row = bytes > MAXIMUM_ANSWER ? undefined : store.find(table, key);
          bytes += row?.size ?? 0;
          if (bytes > MAXIMUM_ANSWER) {
            left.push(given);
            continue;
          }
          spent.push({ table: table.name, units: readUnits(row?.size ?? 0, consistent) });
          if (row !== undefined) items.push(tree === undefined ? row.item : pick(row.item, tree));
        }
        responses[name] = items;
        if (left.length > 0) unprocessed[name] = { ...wanted, Keys: left };
      }
      return { Responses: responses, UnprocessedKeys: unprocessed, ...report(input, "read", spent, count, "list") };
    },
  };
}
