import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { causes, causesTable, whoMayCause, whoMayDo } from "./causes.ts";
import { allows, statementsOf } from "./permissions.ts";
import { resourcesOf, synthesize } from "./synthesize.ts";

const template = synthesize();

describe("who may cause it", () => {
  it.each(causes)("$effect", (cause) => {
    expect(whoMayDo(template, cause)).not.toEqual([]);
    expect(whoMayCause(template, cause)).toEqual(cause.mayCause);
  });

  it("is asked of every key that signs or opens", () => {
    const keys = resourcesOf(template, "AWS::KMS::Key").map(([id]) => id);
    const asked = new Set(causes.map(({ done }) => done.resource));
    expect(keys.filter((id) => !asked.has(id))).toEqual([]);
  });

  it("is shown in SECURITY.md as the template has it", () => {
    const shown = new Set(readFileSync("SECURITY.md", "utf8").split("\n"));
    expect(
      causesTable(template)
        .split("\n")
        .filter((line) => !shown.has(line)),
    ).toEqual([]);
  });
});

describe("a right to some keys of a table", () => {
  const limited = resourcesOf(template, "AWS::Lambda::Function").flatMap(([id]) =>
    statementsOf(template, id).filter(({ Condition }) => Condition?.["ForAllValues:StringLike"] !== undefined),
  );

  it("is to writing, or to reading a partition, and needs a key to be named", () => {
    expect(limited.length).toBeGreaterThan(20);
    for (const statement of limited) {
      expect(statement.Condition?.["Null"]).toEqual({ "dynamodb:LeadingKeys": "false" });
      for (const read of ["dynamodb:GetItem", "dynamodb:BatchGetItem"]) expect(allows(statement, read)).toBe(false);
    }
  });
});
