import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../../../lambdas/pki/lints/rules.ts";

const files = (folder: string, ending: string): string[] =>
  readdirSync(new URL(folder, import.meta.url))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));

describe("the table of lint rules", () => {
  const names = rules.map((rule) => rule.name);

  it("has one rule per file, under the file's name", () => {
    const sources = files("../../../lambdas/pki/lints/", ".ts").filter((name) => name !== "linted" && name !== "rules");
    expect(names.toSorted()).toEqual(sources.toSorted());
  });

  it("has a test for every rule", () => {
    expect(files("./", ".test.ts")).toEqual(expect.arrayContaining(names));
  });

  it("says for every rule where it is written", () => {
    for (const rule of rules) expect(rule.source, rule.name).toMatch(/RFC|X\.690|CRYPTREC|profile/);
  });
});
