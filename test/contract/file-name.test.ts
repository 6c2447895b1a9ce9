import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fileName, fileNamesApart, longestFileName, nameAfter } from "../../lambdas/contract/file-name.ts";

const octets = (text: string) => Buffer.byteLength(text);
/** Names as people, files and attackers give them. */
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc.constantFrom(
    "",
    ".",
    "..",
    "...p12",
    "CON",
    "nul.txt",
    "Com1",
    "lpt¹",
    "aux.",
    "../../etc/passwd",
    'a\\b/c:d*e?f"g<h>i|j',
    "-rf ~",
    ".bashrc",
    "$(reboot)`id`;&&'!#%{}[]^",
    "C:",
    "\u202egpj.exe",
    "\u200b",
    "か\u3099",
    "\u0301a",
    "name. ",
    `${"あ".repeat(39)}.`,
    "x".repeat(254),
    "𠮷".repeat(60),
  ),
);

describe("a file's name", () => {
  it.each([
    ["Yamada Taro_iPhone", "Yamada-Taro_iPhone.p12"],
    ["3月 新規（本社）", "3月-新規-本社.p12"],
    ["taro.yamada@mytest.jp", "taro.yamada@mytest.jp.p12"],
    ["con", "_con.p12"],
    ["Lpt9.old", "_Lpt9.old.p12"],
    ["console", "console.p12"],
    ["か\u3099き", "がき.p12"],
    ["か\u200d\u3099", "が.p12"],
    ["../..", "file.p12"],
    ["..\\..\\x", "x.p12"],
  ])("made of %j is %s", (stem, name) => {
    expect(fileName(stem, ".p12")).toBe(name);
  });

  it("is one that Windows, macOS and a shell take as it is, whatever it was made of", () => {
    fc.assert(
      fc.property(hostile, (stem) => {
        const name = fileName(stem, ".P12");
        expect(octets(name)).toBeLessThanOrEqual(longestFileName);
        expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{M}\p{N}._@-]*\.P12$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|(com|lpt)[0-9¹²³])\./i);
        expect(name).not.toMatch(/[._-]\.P12$/);
        expect(name).toBe(name.normalize("NFC"));
        expect(name.isWellFormed()).toBe(true);
        // What is a name already stays as it is.
        expect(fileName(name.slice(0, -4), ".P12")).toBe(name);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the names of one folder", () => {
  const person = fc.record({ short: hostile, long: hostile });

  it("are short where nobody else has them, else long, at last with a number", () => {
    const stems = [
      { short: "Yamada Taro", long: "Yamada Taro_a@x.jp" },
      { short: "YAMADA taro", long: "YAMADA taro_b@x.jp" },
      { short: "Sato Hana", long: "Sato Hana_c@x.jp" },
      { short: "yamada taro", long: "yamada taro_A@x.jp" },
    ];
    expect(fileNamesApart(stems, ".P12")).toEqual([
      "Yamada-Taro_a@x.jp.P12",
      "YAMADA-taro_b@x.jp.P12",
      "Sato-Hana.P12",
      "yamada-taro_A@x.jp-2.P12",
    ]);
  });

  it("are never the same, not even for a file system that is blind to case, and no longer than asked for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(person, fc.constantFrom({ short: "a", long: "x".repeat(254) })), { maxLength: 40 }),
        (stems) => {
          const names = fileNamesApart(stems, ".P12", 60);
          const folded = new Set(names.map((name) => name.toUpperCase().toLowerCase()));
          expect(folded.size).toBe(stems.length);
          for (const name of names) expect(octets(name)).toBeLessThanOrEqual(60);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("are found for 10,000 people of one name and one mail, too", () => {
    const stems = Array.from({ length: 10_000 }, () => ({
      short: "Yamada Taro",
      long: `Yamada Taro_${"x".repeat(254)}`,
    }));
    expect(new Set(fileNamesApart(stems, ".P12")).size).toBe(10_000);
  });
});

describe("a name after an uploaded file", () => {
  it.each([
    ["3月 新規.csv", "_エラー一覧.csv", "3月-新規_エラー一覧.csv"],
    ["shinki", ".zip", "shinki.zip"],
    ["../con.txt", "_errors.csv", "_con_errors.csv"],
    ["con.csv", ".zip", "_con.zip"],
  ])("%s becomes one ending in %s: %s", (uploaded, ending, name) => {
    expect(nameAfter(uploaded, ending)).toBe(name);
  });

  it("is within the longest with an ending that is not ASCII, and keeps the ending", () => {
    const name = nameAfter(`${"あ".repeat(100)}.csv`, "_処理できなかった行.csv");
    expect(octets(name)).toBeLessThanOrEqual(longestFileName);
    expect(name.endsWith("あ_処理できなかった行.csv")).toBe(true);
  });
});
