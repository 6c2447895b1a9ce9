import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** Of the importer's 1,769 MB (`lib/imports.ts`): the runtime, a file's bytes and text, and what reading it takes. */
const megabytes = 320;

describe("hostile files, one after another in a heap of 96 MB", () => {
  it("are each refused by name, and never take more memory than a few times their size", async () => {
    const child = fork(join(import.meta.dirname, "hostile.ts"), { execArgv: ["--max-old-space-size=96"] });
    const [{ outcomes, peak }] = (await once(child, "message")) as [{ outcomes: object; peak: number }];
    expect(outcomes).toEqual({
      "a million rows": "fileHasTooManyRows",
      "a cell of 10 MB": "fileRowTooLong",
      "a quoted cell of 10 MB": "fileRowTooLong",
      "a quote that is never closed": "fileQuoteOpen",
      "nothing but commas": "fileHasTooManyColumns",
      "nothing but quotes": "fileRowTooLong",
      "nothing but line ends": "fileHasNoRows",
      "rows of empty cells": "fileHasTooManyEmptyRows",
      "10 MB in no encoding": "fileEncodingUnknown",
    });

    expect(peak / 1024).toBeLessThan(megabytes);
  });
});
