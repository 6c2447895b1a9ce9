import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { replaceFile } from "./state.ts";

/**
 * Takes the data folder for this process alone. The lock is the operating system's (held through SQLite), so that it
 * ends with the process however that ends and a left-over process id can never be taken for a living one.
 * Throws with the process id of the holder.
 */
export function lockFolder(dataDirectory: string): { release(): void } {
  const holder = join(dataDirectory, "lock.pid");
  const database = new DatabaseSync(join(dataDirectory, "lock"));
  try {
    database.exec("pragma busy_timeout = 0; pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    database.close();
    if (!(error instanceof Error) || !/locked|busy/.test(error.message)) throw error;
    const pid = existsSync(holder) ? readFileSync(holder, "utf8").trim() : "unknown";
    throw new Error(
      `${dataDirectory} is in use by process ${pid}; stop that one (Ctrl-C there) or choose another folder with --data`,
      { cause: error },
    );
  }
  replaceFile(holder, `${process.pid}\n`);
  return {
    release: () => {
      rmSync(holder, { force: true });
      database.close();
    },
  };
}
