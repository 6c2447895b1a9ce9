import { describe, expect, it } from "vitest";
import { kanaOrder } from "../../lambdas/certificates/order.ts";

const sorted = (...names: string[]) =>
  names.toSorted((a, b) => (kanaOrder(a) < kanaOrder(b) ? -1 : kanaOrder(a) > kanaOrder(b) ? 1 : 0));

describe("kanaOrder", () => {
  it("puts voiced and small letters beside their base letter, as a Japanese dictionary does", () => {
    expect(sorted("ハマダ", "バンバ", "ハラ", "パク", "ヒラ")).toEqual(["パク", "ハマダ", "ハラ", "バンバ", "ヒラ"]);
    expect(sorted("ハツタ", "ハッタ", "ハット")).toEqual(["ハッタ", "ハツタ", "ハット"]);
  });

  it("tells names apart that differ in the mark alone", () => {
    expect(kanaOrder("ハ")).not.toBe(kanaOrder("バ"));
  });
});
