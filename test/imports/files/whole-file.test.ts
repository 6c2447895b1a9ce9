import { describe, expect, it } from "vitest";
import { importLayouts as layouts, templateHeader } from "../../../lambdas/contract/import-layouts.ts";
import { inCp932, line, messageOf, recordsIn, refusalOf } from "./customer.ts";

const refused = (file: string | Uint8Array, layout: keyof typeof layouts = "register") =>
  refusalOf(() => recordsIn(file, layouts[layout]));
const told = (file: string | Uint8Array) => messageOf(refused(file), "ja");

const person = (at: number) => line({ primaryEmail: `p${at}@example.jp`, certificateEmail: `p${at}@example.jp` });
const people = (count: number, change: (row: string) => string = (row) => row) =>
  Array.from({ length: count }, (_, at) => change(person(at))).join("\r\n");

describe("a file with another separator", () => {
  it.each([
    ["\t", "区切りがタブです。コンマ区切り（CSV）で保存し直してください。"],
    [";", "区切りが「;」です。コンマ区切り（CSV）で保存し直してください。"],
    ["，", "区切りが「，」です。コンマ区切り（CSV）で保存し直してください。"],
    ["|", "区切りが「|」です。コンマ区切り（CSV）で保存し直してください。"],
  ])("%j is refused once, not in every cell", (separator, sentence) => {
    const file = people(3000, (row) => row.replaceAll(",", separator));
    expect(told(file)).toBe(sentence);
    expect(refused(file)).toMatchObject({ row: 0 });
  });

  it("is known in Shift_JIS, quoted, below a title, and in a revocation", () => {
    const tabbed = people(3, (row) => row.replaceAll(",", "\t"));
    expect(refused(inCp932(tabbed) ?? "").code).toBe("fileIsTabSeparated");
    expect(refused(`利用者一覧\n${tabbed}`).code).toBe("fileIsTabSeparated");
    const quoted = people(3, (row) => `"${row.replaceAll(",", '"\t"')}"`);
    expect(refused(quoted).code).toBe("fileIsTabSeparated");
    expect(refused("a@x.jp\ta@x.jp\t01\n", "revoke").code).toBe("fileIsTabSeparated");
  });

  it("is not seen in cells that hold such characters", () => {
    expect(recordsIn(people(3, (row) => `${row},,,"a;b;c;d;e;f;g;h;i"`))).toHaveLength(3);
  });
});

describe("a heading", () => {
  const own = "代表メール,姓,名,セイ,メイ,Last,First,端末メール,種別";

  it("in other words than the template's is refused with one sentence that says so", () => {
    expect(told(`${own}\n${people(2)}`)).toBe(
      "行:1：見出しの行のようです。この行を削除して、1行目からデータを入力してください。",
    );
    expect(refused(own)).toMatchObject({ row: 1, code: "fileHasHeading" });
  });

  it("below a title is refused with it", () => {
    expect(told(`利用者一覧 2026年12月\n\n${own}\n${people(2)}`)).toBe(
      "行:1：この行から3行目までは、表題や見出しの行のようです。削除して、1行目からデータを入力してください。",
    );
    const template = templateHeader(layouts.register, "ja").join(",");
    expect(refused(`利用者一覧\n${template}\n${people(2)}`)).toMatchObject({ row: 1, facts: { last: 2 } });
  });

  it("is not a row that lacks its addresses, which its own cells refuse", () => {
    for (const row of [
      line({ primaryEmail: "", certificateEmail: "" }),
      line({ primaryEmail: "x", certificateEmail: "x" }),
    ])
      expect(recordsIn(`${row}\n${person(1)}`)).toHaveLength(2);
  });
});

describe("shifted columns", () => {
  it.each([
    ["a number before each row", (row: string) => `1,${row}`, 1, 2],
    ["no kana", (row: string) => row.replace("ヤマダ,タロウ,", ""), 8, 6],
    ["O, OU1 and OU2 before the device", (row: string) => row.replace(/,01$/, ",o,ou1,ou2,01"), 9, 12],
  ])("by %s are refused once", (_, change, expected, found) => {
    expect(refused(people(3000, change))).toEqual({
      row: 0,
      column: expected,
      code: "fileIsShifted",
      facts: { expected, found },
    });
  });

  it("are told with the column's name", () => {
    expect(told(people(2, (row) => `1,${row}`))).toBe(
      "全行 項目:1 代表メールアドレス：この項目は、1列目ではなく2列目にあるようです。項目の過不足と並び順を確認してください。",
    );
  });

  it("are not seen where single rows are shifted, or a linked service's ID looks like an address", () => {
    expect(recordsIn(`${people(2)}\n1,${person(3)}`)).toHaveLength(3);
    expect(recordsIn(people(2, (row) => row.replace(/p\d@example.jp,01$/, "x,01,,,y@example.jp")))).toHaveLength(2);
  });
});

describe("rows of too few or too many columns", () => {
  it("are refused once when all are", () => {
    expect(told(people(3000, (row) => row.replace(/,01$/, "")))).toBe(
      "すべての行で項目が足りません（8項目。必要な項目数は9～13です）。",
    );
    expect(told(people(2, (row) => `${row},,,,,x`))).toBe(
      "すべての行で項目が多すぎます（14項目。必要な項目数は9～13です）。",
    );
    expect(messageOf(refused("a@x.jp,a@x.jp\nb@x.jp,b@x.jp\n", "revoke"), "ja")).toBe(
      "すべての行で項目が足りません（2項目。必要な項目数は3です）。",
    );
  });
});

describe("the example of older templates", () => {
  it("is refused wherever it is left in", () => {
    const example = "Yamada-Taro@mytest.jp,山田,太郎,ヤマダ,タロウ,Yamada,Taro,Yamada-Taro@mytest.jp,01";
    expect(told(`${people(2)}\n${example}\n`)).toBe(
      "行:3 項目:1 代表メールアドレス：テンプレートの入力例（Yamada-Taro@mytest.jp）の行です。この行を削除してください。",
    );
    expect(refused("yamada-taro@MYTEST.jp,a@x.jp,01\n", "revoke").code).toBe("fileHasExample");
  });
});
