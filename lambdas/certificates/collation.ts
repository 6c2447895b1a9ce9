/**
 * Sort key of a katakana name in dictionary order: the voiced and small forms sort beside their
 * base letter, and differ only after everything else was equal. Plain code points get pairs such as
 * ハ/バ/パ and ツ/ッ wrong. U+30A1…U+30FA, decomposed by NFD.
 */
export function kanaSortKey(kana: string): string {
  const base = kana
    .normalize("NFD")
    .replaceAll(/[\u3099\u309A]/gu, "")
    .replaceAll(/[ァィゥェォッャュョヮヵヶ]/gu, (small) => large[small] ?? small)
    .replaceAll("ー", "");
  return `${base}\u0001${kana}`;
}

const large: Readonly<Record<string, string>> = {
  ァ: "ア",
  ィ: "イ",
  ゥ: "ウ",
  ェ: "エ",
  ォ: "オ",
  ッ: "ツ",
  ャ: "ヤ",
  ュ: "ユ",
  ョ: "ヨ",
  ヮ: "ワ",
  ヵ: "カ",
  ヶ: "ケ",
};
