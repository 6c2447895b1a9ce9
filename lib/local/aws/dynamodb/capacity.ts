import type { Json, Units } from "../protocol.ts";
import { type Item, itemSize } from "./attribute.ts";
import { equalItems } from "./compare.ts";
import { choice } from "./parameters.ts";
import { indexKey, projectedItem, type Table } from "./schema.ts";

/** Capacity units that one step used, on a table or one of its indexes. */
export type Spent = { readonly table: string; readonly index?: string; readonly units: number };

/** Read units for some bytes: 4 KB each, half of it when eventually consistent. */
export function readUnits(bytes: number, consistent: boolean): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** Write units of a change: the larger of before and after, and each index whose entry changes (a moved entry costs twice). */
export function spentByWrite(table: Table, before: Item | undefined, after: Item | undefined): Spent[] {
  const bytes = Math.max(before === undefined ? 0 : itemSize(before), after === undefined ? 0 : itemSize(after));
  const spent: Spent[] = [{ table: table.name, units: writeUnits(bytes) }];
  for (const index of table.indexes) {
    const [oldKey, newKey] = [before && indexKey(index, before), after && indexKey(index, after)];
    const old = before === undefined || oldKey === undefined ? undefined : projectedItem(index, before);
    const next = after === undefined || newKey === undefined ? undefined : projectedItem(index, after);
    if (old === undefined && next === undefined) continue;
    let units: number;
    if (old === undefined || next === undefined) units = writeUnits(itemSize(old ?? next ?? {}));
    else if (equalItems(old, next)) continue;
    else {
      const moved =
        oldKey && newKey && (Buffer.compare(oldKey.hash, newKey.hash) || Buffer.compare(oldKey.range, newKey.range));
      units = moved
        ? writeUnits(itemSize(old)) + writeUnits(itemSize(next))
        : writeUnits(Math.max(itemSize(old), itemSize(next)));
    }
    spent.push({ table: table.name, index: index.name, units });
  }
  return spent;
}

/** The same, `factor` times (transactions do every read and write twice). */
export function times(factor: number, spent: readonly Spent[]): Spent[] {
  return spent.map((step) => ({ ...step, units: step.units * factor }));
}

/** The sum of some steps. */
function total(spent: readonly Spent[]): number {
  return spent.reduce((sum, { units }) => sum + units, 0);
}

function perTable(table: string, spent: readonly Spent[], indexes: boolean): Json {
  const mine = spent.filter((step) => step.table === table);
  if (!indexes) return { TableName: table, CapacityUnits: total(mine) };
  const named = new Set(mine.flatMap(({ index }) => index ?? []));
  const ofIndex = (name: string | undefined): Json => ({
    CapacityUnits: total(mine.filter(({ index }) => index === name)),
  });
  return {
    TableName: table,
    CapacityUnits: total(mine),
    Table: ofIndex(undefined),
    ...(named.size > 0 && {
      GlobalSecondaryIndexes: Object.fromEntries([...named].map((name) => [name, ofIndex(name)])),
    }),
  };
}

/** Reports units to the meter, and to the caller as far as ReturnConsumedCapacity asks for it: `one` table, or a list by table. */
export function report(
  input: Json,
  kind: "read" | "write",
  spent: readonly Spent[],
  count: (units: Units) => void,
  shape: "one" | "list" = "one",
): Json {
  count(kind === "read" ? { read: total(spent) } : { write: total(spent) });
  const wanted = consumedWanted(input);
  if (wanted === "NONE" || spent.length === 0) return {};
  const tables = [...new Set(spent.map(({ table }) => table))];
  const list = tables.map((table) => perTable(table, spent, wanted === "INDEXES"));
  return { ConsumedCapacity: shape === "one" ? list[0] : list };
}

/** Checks and reads ReturnConsumedCapacity. */
export function consumedWanted(input: Json): "NONE" | "TOTAL" | "INDEXES" {
  return choice(input, "ReturnConsumedCapacity", ["NONE", "TOTAL", "INDEXES"]);
}
