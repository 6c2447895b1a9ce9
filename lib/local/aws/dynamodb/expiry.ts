import type { Json, Operation } from "../protocol.ts";
import { allow, flag, invalid, record, text } from "./parameters.ts";
import type { Table } from "./schema.ts";
import { rowOf, type Store } from "./store.ts";
import { tableOf } from "./table.ts";
import { TOKEN_LIFE } from "./transaction.ts";

const FIVE_YEARS = 5 * 365 * 86_400;
const BATCH = 500;

function sweepBatch(store: Store, table: Table, second: number): number {
  // Items that expired more than five years ago are not deleted (developer guide, "Using time to live").
  const sql = `SELECT id, item, size, hash, range FROM items_${table.id} WHERE expires < ? AND expires > ? LIMIT ${BATCH}`;
  const expired = [...store.rows(sql, [second, second - FIVE_YEARS])];
  for (const columns of expired) {
    const { hash, range } = columns;
    if (!(hash instanceof Uint8Array) || !(range instanceof Uint8Array))
      throw new TypeError("a key column without bytes");
    store.replace(table, { hash, range }, rowOf(columns), undefined);
  }
  return expired.length;
}

/** Deletes what has expired: items past their TTL attribute, transaction tokens past ten minutes. */
export function sweep(store: Store, now: number): void {
  for (const table of store.tables.values()) {
    if (table.timeToLive === undefined) continue;
    while (store.atomically(() => sweepBatch(store, table, Math.floor(now / 1000))) === BATCH);
  }
  store.run("DELETE FROM tokens WHERE at <= ?", [now - TOKEN_LIFE]);
}

/** UpdateTimeToLive. As on the real service, an expired item can be read until it is deleted. */
export function expiryOperations(store: Store): Record<string, Operation> {
  return {
    UpdateTimeToLive(input) {
      allow(input, ["TableName", "TimeToLiveSpecification"], "UpdateTimeToLive");
      const { timeToLive, ...rest } = tableOf(store, text(input, "TableName"));
      const wanted: Json = record(input, "TimeToLiveSpecification");
      const attribute = text(wanted, "AttributeName");
      const enabled = flag(wanted, "Enabled", false);
      if (enabled === (timeToLive !== undefined)) {
        throw invalid(`TimeToLive is already ${enabled ? "enabled" : "disabled"}`);
      }
      store.define(enabled ? { ...rest, timeToLive: attribute } : rest);
      return { TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled } };
    },
  };
}
