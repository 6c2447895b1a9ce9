/** Programs of others, and the folder they are given. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Runs a program to its end and returns what it printed; throws with its output when it fails. */
export const run = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });

export const folder = (): string => mkdtempSync(join(tmpdir(), "warifu-outside-"));

/** Writes a file and returns its path. */
export function file(directory: string, name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}
