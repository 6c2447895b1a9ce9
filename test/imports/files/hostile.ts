/** Reads hostile files in a process with a small heap; answers how each ended, and the most memory that was ever taken (kB). */
import { importLayouts } from "../../../lambdas/contract/import-layouts.ts";
import { FileRefusal } from "../../../lambdas/imports/files/file-refusal.ts";
import { readFile } from "../../../lambdas/imports/files/read-file.ts";

const most = 10 * 1024 * 1024;
const filled = (unit: string, before = "") =>
  Buffer.concat([Buffer.from(before), Buffer.alloc(most - before.length, unit)]);

const files = {
  "a million rows": () => Buffer.from("a,b,c\n".repeat(1_000_000)),
  "a cell of 10 MB": () => filled("x"),
  "a quoted cell of 10 MB": () => filled("x", '"'),
  "a quote that is never closed": () => filled("a,b\n", '"'),
  "nothing but commas": () => filled(","),
  "nothing but quotes": () => filled('"'),
  "nothing but line ends": () => filled("\n"),
  "rows of empty cells": () => filled(",\n"),
  "10 MB in no encoding": () => Buffer.alloc(most, 0xff),
};

function ended(file: Buffer): string {
  try {
    readFile(file, importLayouts.register);
    return "read";
  } catch (error) {
    if (error instanceof FileRefusal) return error.fault.code;
    throw error;
  }
}

const outcomes = Object.entries(files).map(([name, file]) => [name, ended(file())]);
process.send?.({ outcomes: Object.fromEntries(outcomes) as object, peak: process.resourceUsage().maxRSS });
process.disconnect();
