import type { SQLInputValue } from "node:sqlite";
import { attributeOf, type AttributeValue, type Item, itemSize, typeOf } from "./attribute.ts";
import { type Condition, holds } from "./condition.ts";
import type { KeyRange } from "./key-condition.ts";
import { invalid } from "./parameters.ts";
import { type Index, indexKey, keyAttributes, keyOfItem, projectedItem, type Table } from "./schema.ts";
import { rowOf, type Store } from "./store.ts";

/** What a Query reads: a key range of a table or index, in one direction. */
export type Walk = {
  readonly table: Table;
  readonly index: Index | undefined;
  readonly range: KeyRange;
  readonly forward: boolean;
  readonly start: Item | undefined;
};

/** One page: the matching items (as the index shows them), how many were evaluated, their bytes, and the key to continue from. */
export type Page = {
  readonly items: readonly Item[];
  readonly evaluated: number;
  readonly bytes: number;
  readonly last: Item | undefined;
};

const PAGE_BYTES = 1024 * 1024;

/** The attributes of a start key or LastEvaluatedKey: the table's keys, and the index's. */
function startAttributes({ table, index }: Pick<Walk, "table" | "index">): readonly { name: string; type: string }[] {
  const all = [...keyAttributes(table.keys), ...(index === undefined ? [] : keyAttributes(index.keys))];
  return all.filter(({ name }, position) => all.findIndex((other) => other.name === name) === position);
}

function lastKey(walk: Walk, item: Item): Item {
  const key: [string, AttributeValue][] = [];
  for (const { name } of startAttributes(walk)) {
    const value = attributeOf(item, name);
    if (value !== undefined) key.push([name, value]);
  }
  return Object.fromEntries(key);
}

function satisfies(bytes: Uint8Array, { sign, value }: KeyRange["bounds"][number]): boolean {
  const ordered = Buffer.compare(bytes, value);
  if (sign === "=") return ordered === 0;
  if (sign === "<" || sign === "<=") return sign === "<" ? ordered < 0 : ordered <= 0;
  return sign === ">" ? ordered > 0 : ordered >= 0;
}

/** The columns that define the order and, for a start key, their values. */
function startValues(walk: Walk, start: Item): readonly Uint8Array[] {
  const { table, index, range } = walk;
  const attributes = startAttributes(walk);
  const fits = attributes.every(({ name, type }) => {
    const value = attributeOf(start, name);
    return value !== undefined && typeOf(value) === type;
  });
  if (!fits || Object.keys(start).length !== attributes.length) {
    throw invalid("The provided starting key is invalid: The provided key element does not match the schema");
  }
  const base = keyOfItem(table.keys, start);
  const key = index === undefined ? base : indexKey(index, start);
  if (key === undefined) throw invalid("The provided starting key is invalid");
  if (Buffer.compare(key.hash, range.hash) !== 0) {
    throw invalid("The provided starting key is outside query boundaries based on provided conditions");
  }
  if (!range.bounds.every((bound) => satisfies(key.range, bound))) {
    throw invalid("The provided starting key does not match the range key predicate");
  }
  return index === undefined ? [key.range] : [key.range, base.hash, base.range];
}

function select(walk: Walk, limit: number | undefined): { sql: string; parameters: SQLInputValue[] } {
  const { table, index, range, forward, start } = walk;
  const from = index === undefined ? "b" : "i";
  const ordering = index === undefined ? ["b.range"] : ["i.range", "i.base_hash", "i.base_range"];
  const where = [`${from}.hash = ?`, ...range.bounds.map(({ sign }) => `${from}.range ${sign} ?`)];
  const parameters: SQLInputValue[] = [range.hash, ...range.bounds.map(({ value }) => value)];
  if (start !== undefined) {
    where.push(`(${ordering.join(", ")}) ${forward ? ">" : "<"} (${ordering.map(() => "?").join(", ")})`);
    parameters.push(...startValues(walk, start));
  }
  // CROSS JOIN keeps the index as the outer loop, so that a page reads only its own rows.
  const joined = index === undefined ? "" : `index_${index.id} AS i CROSS JOIN `;
  const on = index === undefined ? "" : " ON b.id = i.ref";
  const sql = [
    `SELECT b.id AS id, b.item AS item, b.size AS size FROM ${joined}items_${table.id} AS b${on}`,
    `WHERE ${where.join(" AND ")}`,
    `ORDER BY ${ordering.map((column) => column + (forward ? "" : " DESC")).join(", ")} LIMIT ?`,
  ].join(" ");
  return { sql, parameters: [...parameters, limit ?? -1] };
}

/** Reads one page: at most `limit` items and about 1 MB, before the filter. */
export function page(store: Store, walk: Walk, limit: number | undefined, filter: Condition | undefined): Page {
  const { sql, parameters } = select(walk, limit);
  const items: Item[] = [];
  let [evaluated, bytes] = [0, 0];
  for (const columns of store.rows(sql, parameters)) {
    const row = rowOf(columns);
    const shown = walk.index === undefined ? row.item : projectedItem(walk.index, row.item);
    evaluated += 1;
    bytes += shown === row.item ? row.size : itemSize(shown);
    if (filter === undefined || holds(filter, shown)) items.push(shown);
    if (bytes >= PAGE_BYTES || evaluated === limit) return { items, evaluated, bytes, last: lastKey(walk, row.item) };
  }
  return { items, evaluated, bytes, last: undefined };
}
