import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { importOperations } from "../../../lambdas/contract/imports.ts";

const root = join(import.meta.dirname, "../../..");
const sources = globSync(["lambdas/**/*.ts", "lib/operator/**/*.ts", "web/admin/**/*.{ts,tsx}"], { cwd: root });

const quoted = `["'\`](?:${importOperations.join("|")})["'\`]`;
/** `operation === …`, `… !== job.operation`, and one operation's name compared with anything. */
const twoWay = /\boperation\s*[!=]==?|[!=]==?\s*(?:\w+\.)*operation\b/;
/** Elsewhere the same names mean other things, such as what is done to one certificate. */
const twoWayOfFiles = new RegExp(String.raw`${twoWay.source}|[!=]==?\s*${quoted}|${quoted}\s*[!=]==?`);

/** The lines of a source that ask whether an operation is this one, as if there were but two. */
const questionsIn = (source: string, file: string) =>
  source
    .split("\n")
    .map((line, at) => `${at + 1}: ${line.trim()}`)
    .filter((line) => (file.includes("import") ? twoWayOfFiles : twoWay).test(line));

describe("what differs between operations on a CSV file", () => {
  it.each([
    'const kind = job.operation === "register" ? a : b;',
    "if (operation !== other) return;",
    'if ("revoke" === row.order.operation) return;',
    "allowed.filter((one) => one !== 'register')",
  ])("is not asked as a question of two answers: %s", (line) => {
    expect(questionsIn(line, "lambdas/imports/a.ts")).toHaveLength(1);
  });

  it("is asked of a record that answers for each of them, everywhere", () => {
    expect(sources.length).toBeGreaterThan(200);
    const found = sources.flatMap((file) =>
      questionsIn(readFileSync(join(root, file), "utf8"), file).map((line) => `${file}:${line}`),
    );
    expect(found).toEqual([]);
  });
});
