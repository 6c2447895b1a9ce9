import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Opens a SQLite file that only this user can read, because it holds keys and mails. WAL with `synchronous = normal`:
 * commits survive a killed process; a power cut may undo the last ones.
 */
export const openDatabase = (file: string): DatabaseSync => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = new DatabaseSync(file);
  database.exec("pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000");
  return database;
};

/** Runs `work` in one transaction; an error rolls all of it back. Not nestable. */
export const transaction = <Result>(database: DatabaseSync, work: () => Result): Result => {
  database.exec("begin immediate");
  try {
    const result = work();
    database.exec("commit");
    return result;
  } catch (failure) {
    database.exec("rollback");
    throw failure;
  }
};
