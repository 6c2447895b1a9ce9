import { describe, expect, it } from "vitest";
import { importLayouts, templateText } from "../../../../lambdas/contract/import-layouts.ts";
import { importLimits } from "../../../../lambdas/contract/imports.ts";
import { type Preview, previewOf } from "../../../../web/admin/imports/preview.ts";
import { cp932 } from "./files.ts";

const { register, revoke } = importLayouts;
const look = (content: string | Uint8Array, layout: Parameters<typeof previewOf>[1] = register): Preview =>
  previewOf(typeof content === "string" ? Buffer.from(content) : content, layout);

describe("a preview", () => {
  it("reads Shift_JIS as Windows writes it, and UTF-8 with and without BOM", () => {
    const read = look(cp932(7));
    expect(read).toMatchObject({ encoding: "Shift_JIS", rows: 7, hasHeader: false });
    expect("first" in read && read.first.length).toBe(5);
    expect("first" in read && read.first[0]?.cells.slice(0, 5)).toEqual([
      "p0@mytest.jp",
      "山田",
      "太郎",
      "ヤマダ",
      "タロウ",
    ]);
    expect(look("a@b.jp,山田\n")).toMatchObject({ encoding: "UTF-8", first: [{ line: 1, cells: ["a@b.jp", "山田"] }] });
    expect(look("\ufeffa@b.jp,山田")).toMatchObject({
      encoding: "UTF-8 BOM",
      first: [{ line: 1, cells: ["a@b.jp", "山田"] }],
    });
  });

  it.each(["ja", "en"] as const)("does not count the template's own header (%s)", (language) => {
    for (const layout of [register, revoke])
      expect(look(`${templateText(layout, [], language)}a,b`, layout)).toMatchObject({ hasHeader: true, rows: 1 });
  });

  it("takes any line end, quotes, and leaves blank rows out while it counts their lines", () => {
    expect(look('"a ""b"", c",d\r\n\r\n,,\re\n')).toMatchObject({
      rows: 2,
      first: [
        { line: 1, cells: ['a "b", c', "d"] },
        { line: 4, cells: ["e"] },
      ],
    });
  });

  it.each([
    ["empty", ""],
    ["noRows", "\n,,\r\n"],
    ["noRows", templateText(register, [], "ja").split("\r\n")[0] ?? ""],
    ["spreadsheet", "PK\u0003\u0004 and more"],
    ["utf16", Uint8Array.from([0xff, 0xfe, 0x41, 0])],
    ["binary", "a\0b"],
    ["unknownEncoding", Uint8Array.from([0x41, 0xfd, 0xfe, 0x0a])],
    ["tooLarge", new Uint8Array(importLimits.bytes + 1).fill(0x41)],
  ] as const)("says %s of a file that is", (fault, content) => {
    expect(look(content)).toEqual({ fault });
  });
});
