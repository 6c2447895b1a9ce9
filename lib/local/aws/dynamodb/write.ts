import type { Json } from "../protocol.ts";
import { type Item, itemSize, readItem } from "./attribute.ts";
import { type Spent, spentByWrite } from "./capacity.ts";
import { type Condition, holds } from "./condition.ts";
import { parseCondition } from "./condition-parser.ts";
import { choice, invalid, optionalText, record, text } from "./parameters.ts";
import { type Placeholders, placeholders } from "./placeholders.ts";
import { checkIndexKeys, type Key, keyAttributes, keyOfItem, keyOfParameter, type Table } from "./schema.ts";
import type { Store } from "./store.ts";
import { tableOf } from "./table.ts";
import { updated } from "./update.ts";
import { parseUpdate, type Update } from "./update-parser.ts";

/** One write, parsed and validated, not yet executed. */
export type WriteOrder = {
  readonly table: Table;
  readonly key: Key;
  readonly condition: Condition | undefined;
  readonly change: (before: Item | undefined) => Item | undefined;
  readonly returnOnFailure: boolean;
  readonly update?: Update;
};

/** The outcome of a write: done, or refused by its condition. */
export type Outcome = {
  readonly done: boolean;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  readonly spent: readonly Spent[];
};

const MAXIMUM_ITEM = 400 * 1024;

/** Parameters that every conditional write has. */
export const CONDITIONAL = [
  "TableName",
  "ConditionExpression",
  "ExpressionAttributeNames",
  "ExpressionAttributeValues",
  "ReturnValuesOnConditionCheckFailure",
] as const;

function conditional(body: Json, scope: Placeholders): Pick<WriteOrder, "condition" | "returnOnFailure"> {
  const condition = optionalText(body, "ConditionExpression");
  return {
    condition: condition === undefined ? undefined : parseCondition("ConditionExpression", condition, scope),
    returnOnFailure: choice(body, "ReturnValuesOnConditionCheckFailure", ["NONE", "ALL_OLD"]) === "ALL_OLD",
  };
}

/** Reads a Put. */
export function putOrder(store: Store, body: Json): WriteOrder {
  const table = tableOf(store, text(body, "TableName"));
  const item = readItem(record(body, "Item"));
  const scope = placeholders(body);
  const checks = conditional(body, scope);
  scope.finish();
  const key = keyOfItem(table.keys, item);
  checkIndexKeys(table, item);
  if (itemSize(item) > MAXIMUM_ITEM) throw invalid("Item size has exceeded the maximum allowed size");
  return { table, key, ...checks, change: () => item };
}

/** Reads a Delete. */
export function deleteOrder(store: Store, body: Json): WriteOrder {
  return { ...checkOrder(store, body), change: () => undefined };
}

/** Reads a ConditionCheck (also the part that Delete shares with it): changes nothing. */
export function checkOrder(store: Store, body: Json): WriteOrder {
  const table = tableOf(store, text(body, "TableName"));
  const scope = placeholders(body);
  const checks = conditional(body, scope);
  scope.finish();
  const key = keyOfParameter(table.keys, readItem(record(body, "Key")));
  return { table, key, ...checks, change: (before) => before };
}

/** Reads an Update; an absent item begins with its key alone. */
export function updateOrder(store: Store, body: Json): WriteOrder {
  const table = tableOf(store, text(body, "TableName"));
  const scope = placeholders(body);
  const expression = optionalText(body, "UpdateExpression");
  const update = expression === undefined ? undefined : parseUpdate(expression, scope);
  const checks = conditional(body, scope);
  scope.finish();
  const keyItem = readItem(record(body, "Key"));
  const key = keyOfParameter(table.keys, keyItem);
  for (const { name } of keyAttributes(table.keys)) {
    if (update?.touched.paths.some(([first]) => first === name) === true) {
      throw invalid(
        `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
      );
    }
  }
  const change = (before: Item | undefined): Item => {
    const after = update === undefined ? (before ?? keyItem) : updated(before ?? keyItem, update);
    checkIndexKeys(table, after);
    if (itemSize(after) > MAXIMUM_ITEM) throw invalid("Item size to update has exceeded the maximum allowed size");
    return after;
  };
  return { table, key, ...checks, change, ...(update !== undefined && { update }) };
}

/** Does one write inside the caller's transaction. A failed condition costs what a write of the present item would. */
export function perform(store: Store, order: WriteOrder): Outcome {
  const { table, key } = order;
  const row = store.find(table, key);
  const before = row?.item;
  if (order.condition !== undefined && !holds(order.condition, before ?? {})) {
    const bytes = { table: table.name, units: Math.max(1, Math.ceil((row?.size ?? 0) / 1024)) };
    return { done: false, before, after: before, spent: [bytes] };
  }
  const after = order.change(before);
  if (after !== before) store.replace(table, key, row, after);
  return { done: true, before, after, spent: spentByWrite(table, before, after) };
}
