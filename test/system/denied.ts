import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Throws if a function of the run in that data folder was denied what it asked for: its role lacks a right. */
export function expectNothingDenied(dataDirectory: string): void {
  const denials = join(dataDirectory, "aws", "denied.log");
  if (existsSync(denials))
    throw new Error(`functions asked for more than their roles allow:\n${readFileSync(denials, "utf8")}`);
}
