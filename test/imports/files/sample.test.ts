import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importLayoutOf } from "../../../lambdas/contract/import-layouts.ts";
import { readFile } from "../../../lambdas/imports/files/read-file.ts";
import { registerRows } from "../../../lambdas/imports/files/register-rows.ts";
import { finished } from "../../../lambdas/imports/files/rows.ts";
import { service } from "./customer.ts";

describe("the sample file of the documentation", () => {
  it("registers 3,000 people, none of them at an address that exists", () => {
    const layout = importLayoutOf.register([]);
    const { records } = readFile(readFileSync("docs/samples/register-3000.csv"), layout);
    const now = new Date("2026-11-30T00:00:00Z");
    const authorityEnd = new Date("2036-01-01T00:00:00Z");
    const { rows, errors } = finished(registerRows(layout, records, { service: service([]), now, authorityEnd }));
    expect(errors).toEqual([]);
    expect(new Set(rows.map(({ cells }) => cells.primaryEmail)).size).toBe(3000);
    // The registry of .jp keeps example.jp for examples.
    expect(rows.every(({ cells }) => cells.primaryEmail.endsWith("@example.jp"))).toBe(true);
  });
});
