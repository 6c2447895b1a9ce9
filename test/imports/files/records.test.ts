import { describe, expect, it } from "vitest";
import { importLayouts as layouts, templateHeader } from "../../../lambdas/contract/import-layouts.ts";
import { line, rawRecordsIn, refusalOf } from "./customer.ts";

const read = (text: string) => rawRecordsIn(text).map(({ line, cells }) => `${line}:${cells.join("|")}`);
const refused = (text: string) => refusalOf(() => rawRecordsIn(text));

describe("recordsOf", () => {
  it.each(["\n", "\r\n", "\r"])("ends records at %j, a last one that is missing or there", (end) => {
    expect(read(`a,b${end}c,d`)).toEqual(["1:a|b", "2:c|d"]);
    expect(read(`a,b${end}c,d${end}`)).toEqual(["1:a|b", "2:c|d"]);
  });

  it("takes cells quoted or not, with quotes doubled and commas inside", () => {
    expect(read('a,"b","c ""d"", e"\n')).toEqual(['1:a|b|c "d", e']);
  });

  it("trims blanks of both widths outside and inside quotes", () => {
    expect(read(' a\t,\u3000b \u3000,\u3000 "\u3000 c\u3000d \u3000" \u3000,e\n"f"\u3000,"\u3000"\n')).toEqual([
      "1:a|b|c\u3000d|e",
      "2:f|",
    ]);
  });

  it("leaves out blank lines and lines of empty cells, which keep their numbers", () => {
    expect(read('\na\n\n \u3000\nb\n,,\n"",\nc\n\n')).toEqual(["2:a", "5:b", "8:c"]);
  });

  it("leaves out empty cells beyond the layout, whatever program has added them, and keeps those that are filled", () => {
    const row = line();
    const cells = row.split(",").join("|");
    expect(read(`${row},,,,,,,\n${row}\n`)).toEqual([`1:${cells}||||`, `2:${cells}`]);
    expect(read(`${row}${",".repeat(300)}\n`)).toEqual([`1:${cells}||||`]);
    expect(read(`${row},,,,,x,\n`)).toEqual([`1:${cells}|||||x`]);
    expect(rawRecordsIn("a@x.jp,a@x.jp,01,\n", layouts.revoke)).toEqual([
      { line: 1, cells: ["a@x.jp", "a@x.jp", "01"] },
    ]);
  });

  it("skips our own header also with empty columns to its right", () => {
    expect(read(`${templateHeader(layouts.register, "ja").join(",")},,\na,b\n`)).toEqual(["2:a|b"]);
  });

  it("drops invisible characters around cells", () => {
    expect(read("a\u200b,\u2068b\u2069,\u200e c\ufeff\n\u200b,\u2060\n")).toEqual(["1:a|b|c"]);
  });

  it("keeps a line break inside a cell, and counts the record once", () => {
    expect(read('a,"b\r\nc"\nd,e\n')).toEqual(["1:a|b\r\nc", "2:d|e"]);
  });

  it.each(["ja", "en"] as const)("skips our own header (%s), optional columns left off or not", (language) => {
    const header = templateHeader(layouts.register, language);
    expect(read(`\n ${header.join(" ,")}\na,b\n`)).toEqual(["3:a|b"]);
    expect(read(`${header.slice(0, 9).join(",")}\na,b\n`)).toEqual(["2:a|b"]);
    expect(read(`${header.slice(0, 8).join(",")}\n`)).toHaveLength(1);
    expect(read(`a,b\n${header.join(",")}\n`)).toHaveLength(2);
  });

  it.each(["\n", " \n\u3000\n", ",,,\n", templateHeader(layouts.register, "ja").join(",")])(
    "refuses %j: no rows",
    (text) => {
      expect(refused(text)).toEqual({ row: 0, code: "fileHasNoRows" });
    },
  );

  it("names the row and column where a quote opens that is never closed", () => {
    expect(refused('a,b\n\nc,"d\ne\nf\n')).toEqual({ row: 3, column: 2, code: "fileQuoteOpen" });
    expect(refused(`a,b\r\n\r\nc,"d\r\n${"e,f\r\n".repeat(100_000)}`)).toEqual({
      row: 3,
      column: 2,
      code: "fileQuoteOpen",
    });
    expect(refused(`"a\nb",b\nc,"d\n${"e,f\n".repeat(100_000)}`)).toEqual({ row: 2, column: 2, code: "fileQuoteOpen" });
  });

  it.each(['a,b\nc,d"e\n', 'a,b\nc,"d"e\n', 'a,b\nc,"d" e\n', 'a,b\nc,"d\ne"f\n'])(
    "names where a quote is out of place: %j",
    (text) => {
      expect(refused(text)).toEqual({ row: 2, column: 2, code: "fileQuoteMisplaced" });
    },
  );

  it("takes 10,000 rows and not one more", () => {
    expect(rawRecordsIn(`${"a,b\n\n".repeat(10_000)},,\n`)).toHaveLength(10_000);
    expect(refused(`a,b\n${",,\n".repeat(100_001)}`)).toMatchObject({ code: "fileHasTooManyEmptyRows" });
    expect(refused("a,b\n".repeat(10_001))).toEqual({
      row: 0,
      code: "fileHasTooManyRows",
      facts: { rows: 10_000, count: 10_001 },
    });
  });

  const mega = 1024 * 1024;
  it.each([
    ["one cell", "a,b\n".padEnd(10 * mega, "x"), { row: 2, column: 1, code: "fileRowTooLong" }],
    ["one quoted cell", '"'.padEnd(10 * mega, "x"), { row: 1, column: 1, code: "fileRowTooLong" }],
    ["commas", "a,b\n".padEnd(10 * mega, ","), { row: 2, column: 16_385, code: "fileHasTooManyColumns" }],
    ["columns", "a,b\n".padEnd(10 * mega, "x,"), { row: 2, column: 101, code: "fileHasTooManyColumns" }],
    ["a million rows", "a,b\n".repeat(1_000_000), { code: "fileHasTooManyRows", facts: { count: 1_000_000 } }],
    ["lines of empty cells", "a,b\n".padEnd(10 * mega, ",\n"), { code: "fileHasTooManyEmptyRows" }],
    ["one open quote", '"'.padEnd(10 * mega, "a,b\n"), { row: 1, column: 1, code: "fileQuoteOpen" }],
    ["blank lines", "".padEnd(10 * mega, "\n"), { row: 0, code: "fileHasNoRows" }],
  ])("stops early at ten megabytes of %s", (_, text, fault) => {
    const before = process.cpuUsage();
    expect(refused(text)).toMatchObject(fault);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(3_000_000);
  });
});
