import { describe, expect, it } from "vitest";
import { kanaSortKey } from "../../lambdas/certificates/collation.ts";

const sorted = (...names: string[]) =>
  names.toSorted((a, b) => (kanaSortKey(a) < kanaSortKey(b) ? -1 : kanaSortKey(a) > kanaSortKey(b) ? 1 : 0));

describe("kanaOrder", () => {
  it("puts voiced and small letters beside their base letter, as a Japanese dictionary does", () => {
    expect(sorted("ハマダ", "バンバ", "ハラ", "パク", "ヒラ")).toEqual(["パク", "ハマダ", "ハラ", "バンバ", "ヒラ"]);
    expect(sorted("ハツタ", "ハッタ", "ハット")).toEqual(["ハッタ", "ハツタ", "ハット"]);
  });

  it("tells names apart that differ in the mark alone", () => {
    expect(kanaSortKey("ハ")).not.toBe(kanaSortKey("バ"));
  });
});
