import { AwsError, type Json, type Operation } from "../protocol.ts";
import { type Item, readItem } from "./attribute.ts";
import { consumedWanted, readUnits, report } from "./capacity.ts";
import { allow, choice, flag, invalid, optionalText, record, text } from "./parameters.ts";
import { joinPaths, pick, type PathTree } from "./path.ts";
import { type Placeholders, placeholders } from "./placeholders.ts";
import { keyOfParameter } from "./schema.ts";
import type { Store } from "./store.ts";
import { tableOf } from "./table.ts";
import { tokens } from "./tokens.ts";
import { CONDITIONAL, deleteOrder, type Outcome, perform, putOrder, updateOrder, type WriteOrder } from "./write.ts";

const REPORTS = ["ReturnValues", "ReturnConsumedCapacity", "ReturnItemCollectionMetrics"] as const;
const RETURN_VALUES = ["NONE", "ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"] as const;

/** Parses a ProjectionExpression, if there is one. */
export function projection(body: Json, scope: Placeholders): PathTree | undefined {
  const expression = optionalText(body, "ProjectionExpression");
  if (expression === undefined) return undefined;
  const reader = tokens("ProjectionExpression", expression, scope);
  const paths = [reader.path()];
  while (reader.accept(",")) paths.push(reader.path());
  if (reader.peek() !== undefined) throw reader.syntax();
  return joinPaths(paths, reader.refuse);
}

/** The body of the answer for a failed condition. */
function conditionFailed(order: WriteOrder, before: Item | undefined): AwsError {
  const extra = order.returnOnFailure && before !== undefined ? { Item: before } : {};
  return new AwsError("ConditionalCheckFailedException", "The conditional request failed", 400, extra);
}

function returned(wanted: (typeof RETURN_VALUES)[number], order: WriteOrder, { before, after }: Outcome): Json {
  const whole = wanted.endsWith("OLD") ? before : after;
  if (wanted === "NONE" || whole === undefined) return {};
  if (wanted.startsWith("ALL")) return { Attributes: whole };
  const part = order.update === undefined ? {} : pick(whole, order.update.touched);
  return Object.keys(part).length === 0 ? {} : { Attributes: part };
}

function single(
  store: Store,
  operation: string,
  parameters: readonly string[],
  allowed: readonly (typeof RETURN_VALUES)[number][],
  read: (store: Store, body: Json) => WriteOrder,
): Operation {
  const known = [...CONDITIONAL, ...REPORTS, ...parameters];
  return (input, count) => {
    allow(input, known, operation);
    consumedWanted(input);
    choice(input, "ReturnItemCollectionMetrics", ["NONE"]);
    const wanted = choice(input, "ReturnValues", RETURN_VALUES);
    if (!allowed.includes(wanted)) throw invalid("Return values set to invalid value");
    const order = read(store, input);
    const outcome = store.atomically(() => perform(store, order));
    const consumed = report(input, "write", outcome.spent, count);
    if (!outcome.done) throw conditionFailed(order, outcome.before);
    return { ...returned(wanted, order, outcome), ...consumed };
  };
}

/** PutItem, UpdateItem, DeleteItem and GetItem. */
export function itemOperations(store: Store): Record<string, Operation> {
  return {
    PutItem: single(store, "PutItem", ["Item"], ["NONE", "ALL_OLD"], putOrder),
    UpdateItem: single(store, "UpdateItem", ["Key", "UpdateExpression"], RETURN_VALUES, updateOrder),
    DeleteItem: single(store, "DeleteItem", ["Key"], ["NONE", "ALL_OLD"], deleteOrder),
    GetItem(input, count) {
      allow(input, [...GET, "ConsistentRead", "ReturnConsumedCapacity"], "GetItem");
      const consistent = flag(input, "ConsistentRead", false);
      const { table, item, size } = get(store, input);
      const spent = [{ table, units: readUnits(size, consistent) }];
      return { ...(item !== undefined && { Item: item }), ...report(input, "read", spent, count) };
    },
  };
}

/** Parameters of one Get. */
const GET = ["TableName", "Key", "ProjectionExpression", "ExpressionAttributeNames"] as const;

/** Reads one item by its Key parameter, with its projection; `size` is the whole item's, 0 when absent. */
function get(store: Store, body: Json): { table: string; item: Item | undefined; size: number } {
  const table = tableOf(store, text(body, "TableName"));
  const scope = placeholders(body);
  const tree = projection(body, scope);
  scope.finish();
  const row = store.find(table, keyOfParameter(table.keys, readItem(record(body, "Key"))));
  const item = row === undefined || tree === undefined ? row?.item : pick(row.item, tree);
  return { table: table.name, item, size: row?.size ?? 0 };
}
