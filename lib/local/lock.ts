import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { replaceFile } from "./state.ts";

/**
 * Locks the data folder for this process. The lock is the operating system's, through SQLite, which releases it when the
 * process ends in any way. Throws, with the holder's process id, if the folder is locked.
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
