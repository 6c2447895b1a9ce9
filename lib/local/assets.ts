import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import * as z from "zod";
import { replaceFile } from "./state.ts";

const note = z.array(z.string());
/** Milliseconds. Younger assets are always kept, because a deployment by the CDK's command line leaves no note. */
const minimumAge = 3_600_000;

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
};

/**
 * Writes a note in the folder `uses` that this process runs these assets (absolute paths), valid until `release` or the
 * end of the process. If the system reuses the process id, assets are kept too long, never too short.
 */
export function useAssets(uses: string, assets: Iterable<string>): { readonly release: () => void } {
  const path = join(uses, `${process.pid}-${randomBytes(4).toString("hex")}.json`);
  replaceFile(path, JSON.stringify([...assets].map((asset) => basename(asset))));
  return { release: () => rmSync(path, { force: true }) };
}

/** Names of the assets that running processes use; deletes the notes of ended processes. */
function inUse(uses: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of existsSync(uses) ? readdirSync(uses) : []) {
    const pid = Number.parseInt(name, 10);
    if (!alive(pid)) rmSync(join(uses, name), { force: true });
    else if (name.endsWith(".json"))
      for (const asset of note.parse(JSON.parse(readFileSync(join(uses, name), "utf8")))) found.add(asset);
  }
  return found;
}

/**
 * Removes from an assembly's folder the assets that are not in `current` (absolute paths), that no running process has
 * noted in `uses`, and that are older than an hour. No other process may add or note assets meanwhile.
 */
export function sweepAssets(assembly: string, current: Iterable<string>, uses: string, now = Date.now()): void {
  const kept = new Set([...[...current].map((asset) => basename(asset)), ...inUse(uses)]);
  for (const name of readdirSync(assembly)) {
    const path = join(assembly, name);
    if (name.startsWith("asset.") && !kept.has(name) && now - statSync(path).ctimeMs > minimumAge)
      rmSync(path, { recursive: true, force: true });
  }
}
