import { closeSync, openSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { attributeOf, type Item, itemSize } from "./attribute.ts";
import { type Index, indexKey, type Key, type Table } from "./schema.ts";

/** A stored item; `size` in DynamoDB's bytes. */
export type Row = { readonly id: number; readonly item: Item; readonly size: number };

/** The file: tables of items, one ordered SQLite table for each index, the catalog, and the tokens of recent transactions. */
export type Store = {
  readonly tables: ReadonlyMap<string, Table>;
  /** Writes a table's definition; creates what SQLite needs for it and fills new indexes. */
  define(table: Table): void;
  nextId(): number;
  find(table: Table, key: Key): Row | undefined;
  /** Replaces `before` by `after` under a key, indexes included; absent means no item. */
  replace(table: Table, key: Key, before: Row | undefined, after: Item | undefined): void;
  /** Rows of a SELECT, in order, read lazily. */
  rows(sql: string, parameters: readonly SQLInputValue[]): Iterable<Record<string, SQLOutputValue>>;
  run(sql: string, parameters: readonly SQLInputValue[]): void;
  /** Runs `work` in one SQLite transaction: all of it or, when it throws, nothing. */
  atomically<T>(work: () => T): T;
  close(): void;
};

const CATALOG = `
CREATE TABLE IF NOT EXISTS catalog (name TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counter (last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, digest BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS tokens_at ON tokens (at);
INSERT INTO counter (last) SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM counter);
`;

const number = (value: SQLOutputValue | undefined): number => {
  if (typeof value !== "number") throw new TypeError("the file of the local DynamoDB holds a row of another shape");
  return value;
};

/** Reads the columns id, item and size of a row. */
export function rowOf(columns: Record<string, SQLOutputValue>): Row {
  if (typeof columns["item"] !== "string")
    throw new TypeError("the file of the local DynamoDB holds an item of another shape");
  // Only `replace` writes this column, from an Item.
  const item = JSON.parse(columns["item"]) as Item;
  return { id: number(columns["id"]), item, size: number(columns["size"]) };
}

/** The second at which an item expires by its table's TTL attribute, if it has one. */
function expiry(table: Table, item: Item): number | null {
  const value = table.timeToLive === undefined ? undefined : attributeOf(item, table.timeToLive);
  return value !== undefined && "N" in value ? Math.floor(Number(value.N)) : null;
}

/** Opens (or makes) the file. */
export function openStore(file: string): Store {
  // The file holds what the product stores, so only its owner may read it.
  if (file !== ":memory:") closeSync(openSync(file, "a", 0o600));
  const database = new DatabaseSync(file);
  // In WAL mode commits survive a killed process; a power cut may undo the last ones.
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;");
  // 16 MB between checkpoints: pages of the indexes are rewritten often, and each checkpoint waits for the disk.
  database.exec("PRAGMA wal_autocheckpoint = 4000;");
  database.exec(CATALOG);
  const statements = new Map<string, StatementSync>();
  const tables = new Map<string, Table>();

  function prepared(sql: string): StatementSync {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  function atomically<T>(work: () => T): T {
    prepared("BEGIN IMMEDIATE").run();
    try {
      const result = work();
      prepared("COMMIT").run();
      return result;
    } catch (error) {
      if (database.isTransaction) prepared("ROLLBACK").run();
      throw error;
    }
  }

  function addEntry(index: Index, entry: Key, key: Key, id: number): void {
    prepared(`INSERT INTO index_${index.id} (hash, range, base_hash, base_range, ref) VALUES (?, ?, ?, ?, ?)`).run(
      entry.hash,
      entry.range,
      key.hash,
      key.range,
      id,
    );
  }

  function dropEntry(index: Index, entry: Key, key: Key): void {
    prepared(`DELETE FROM index_${index.id} WHERE hash = ? AND range = ? AND base_hash = ? AND base_range = ?`).run(
      entry.hash,
      entry.range,
      key.hash,
      key.range,
    );
  }

  function fill(table: Table, index: Index): void {
    for (const columns of prepared(`SELECT id, item, size, hash, range FROM items_${table.id}`).iterate()) {
      const { id, item } = rowOf(columns);
      const { hash, range } = columns;
      const entry = indexKey(index, item);
      if (entry === undefined || !(hash instanceof Uint8Array) || !(range instanceof Uint8Array)) continue;
      addEntry(index, entry, { hash, range }, id);
    }
  }

  function define(table: Table): void {
    const before = tables.get(table.name);
    if (before === undefined) {
      database.exec(`
        CREATE TABLE items_${table.id} (id INTEGER PRIMARY KEY, hash BLOB NOT NULL, range BLOB NOT NULL, size INTEGER NOT NULL, expires INTEGER, item TEXT NOT NULL);
        CREATE UNIQUE INDEX items_${table.id}_key ON items_${table.id} (hash, range);
        CREATE INDEX items_${table.id}_expires ON items_${table.id} (expires) WHERE expires IS NOT NULL;`);
    }
    for (const index of table.indexes) {
      if (before?.indexes.some(({ id }) => id === index.id) === true) continue;
      database.exec(
        `CREATE TABLE index_${index.id} (hash BLOB NOT NULL, range BLOB NOT NULL, base_hash BLOB NOT NULL, base_range BLOB NOT NULL, ref INTEGER NOT NULL, PRIMARY KEY (hash, range, base_hash, base_range)) WITHOUT ROWID`,
      );
      fill(table, index);
    }
    if (before !== undefined && before.timeToLive !== table.timeToLive) {
      const update = prepared(`UPDATE items_${table.id} SET expires = ? WHERE id = ?`);
      const all = prepared(`SELECT id, item, size FROM items_${table.id}`).all().map(rowOf);
      for (const { id, item } of all) update.run(expiry(table, item), id);
    }
    prepared(
      "INSERT INTO catalog (name, definition) VALUES (?, ?) ON CONFLICT DO UPDATE SET definition = excluded.definition",
    ).run(table.name, JSON.stringify(table));
    tables.set(table.name, table);
  }

  function replace(table: Table, key: Key, before: Row | undefined, after: Item | undefined): void {
    let id = before?.id;
    if (after === undefined) {
      if (id !== undefined) prepared(`DELETE FROM items_${table.id} WHERE id = ?`).run(id);
    } else {
      const columns = [itemSize(after), expiry(table, after), JSON.stringify(after)];
      if (id === undefined) {
        const insert = prepared(
          `INSERT INTO items_${table.id} (size, expires, item, hash, range) VALUES (?, ?, ?, ?, ?)`,
        );
        id = Number(insert.run(...columns, key.hash, key.range).lastInsertRowid);
      } else prepared(`UPDATE items_${table.id} SET size = ?, expires = ?, item = ? WHERE id = ?`).run(...columns, id);
    }
    for (const index of table.indexes) {
      const [old, next] = [before && indexKey(index, before.item), after && indexKey(index, after)];
      const same =
        old && next && Buffer.compare(old.hash, next.hash) === 0 && Buffer.compare(old.range, next.range) === 0;
      if (same === true) continue;
      if (old !== undefined) dropEntry(index, old, key);
      if (next !== undefined && id !== undefined) addEntry(index, next, key, id);
    }
  }

  for (const { definition } of prepared("SELECT definition FROM catalog ORDER BY name").all()) {
    // Only `define` writes the catalog, from a Table.
    const table = JSON.parse(String(definition)) as Table;
    tables.set(table.name, table);
  }

  return {
    tables,
    define: (table) => atomically(() => define(table)),
    nextId: () => number(prepared("UPDATE counter SET last = last + 1 RETURNING last").get()?.["last"]),
    find(table, key) {
      const columns = prepared(`SELECT id, item, size FROM items_${table.id} WHERE hash = ? AND range = ?`).get(
        key.hash,
        key.range,
      );
      return columns === undefined ? undefined : rowOf(columns);
    },
    replace,
    rows: (sql, parameters) => prepared(sql).iterate(...parameters),
    run: (sql, parameters) => void prepared(sql).run(...parameters),
    atomically,
    close() {
      database.close();
    },
  };
}
