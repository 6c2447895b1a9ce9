import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout } from "node:timers/promises";

/**
 * Does work that only one process may do at a time, and waits while another does it. The lock is
 * SQLite's on `path`: the operating system releases it when the process ends.
 */
export async function alone<T>(path: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  const lock = new DatabaseSync(path);
  try {
    while (!taken(lock)) await setTimeout(100);
    return await work();
  } finally {
    lock.close();
  }
}

const busy = 5;

function taken(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === busy) return false;
    throw error;
  }
}
