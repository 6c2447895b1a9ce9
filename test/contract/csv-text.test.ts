import { describe, expect, it } from "vitest";
import { csvText } from "../../lambdas/contract/csv-text.ts";

describe("a CSV for spreadsheets", () => {
  it("begins with a BOM, quotes everything, and lets no cell be a formula", () => {
    expect(
      csvText([
        ["行", '=1+1 "x"'],
        ["＋1", "a"],
      ]),
    ).toBe('\ufeff"行","\'=1+1 ""x"""\r\n"\'＋1","a"\r\n');
  });

  it("keeps a spreadsheet from writing a serial number as a number", () => {
    const cells = ["4711e20", "12345678901234567890", "01", "123456789012345", "3f9a01bc", "1e"];
    expect(csvText([cells])).toBe(
      `\ufeff"'4711e20","'12345678901234567890","01","123456789012345","3f9a01bc","1e"\r\n`,
    );
  });
});
