import { describe, expect, it } from "vitest";
import { errorText } from "../../../lambdas/imports/files/import-error.ts";
import { errorsOf, line, messageOf, recordsIn, refusalOf, registering, service } from "./customer.ts";

describe("an error's line", () => {
  const told = (file: string) => errorsOf(registering(file)).map((error) => messageOf(error, "ja"));

  it("names row, column, the column's name, the value, and what to do", () => {
    expect(told(`\n${line({ device: "7" })}`)).toEqual([
      "行:2 項目:9 デバイスコード「7」：デバイスコードは 01、11、12、20、99 のいずれかを入力してください。",
    ]);
    const [error] = errorsOf(registering(line({ device: "7" })));
    expect(error && messageOf(error, "en")).toBe(
      "Row 1 column 9 Device code “7”: Enter one of the device codes 01, 11, 12, 20, 99.",
    );
  });

  it("has no value where the cell is empty or is not there", () => {
    expect(told(line({ familyName: "" }))).toEqual(["行:1 項目:2 利用者（姓）：入力してください。"]);
    expect(told(`${line().split(",").slice(0, 8).join(",")}\n${line()}`)[0]).toMatch(
      /^行:1 項目:9 デバイスコード：項目が足りません/,
    );
  });

  it("fills in the facts", () => {
    expect(told(`${line()}\n${line()}`)).toEqual([
      expect.stringMatching(/^行:2 項目:1 代表メールアドレス「Yamada-Taro@example\.jp」：.*1行目と重複/),
    ]);
  });

  it("names no place for the file itself, and the row alone where there is no column", () => {
    const fault = refusalOf(() => recordsIn("\n"));
    expect(messageOf(fault, "ja")).toBe("データの行がありません。1行に1件ずつ入力してください。");
    expect(messageOf({ ...fault, row: 3 }, "ja")).toBe("行:3：データの行がありません。1行に1件ずつ入力してください。");
  });
});

describe("the value in an error", () => {
  const shown = (familyName: string) => errorsOf(registering(line({ familyName }), service()))[0]?.value;

  it("is the cell as it was typed", () => {
    expect(shown("山田！")).toBe("山田！");
    expect(shown("山　 田！")).toBe("山　 田！");
  });

  it("shows what cannot be seen by its code point", () => {
    expect(shown("山\u202e田")).toBe("山U+202E田");
    expect(shown("山\u00a0田！")).toBe("山U+00A0田！");
    expect(shown("山\n田")).toBe("山U+000A田");
  });

  it("is cut to 40 characters", () => {
    expect(shown("𠮷".repeat(70))).toBe(`${"𠮷".repeat(40)}…`);
    expect(shown(`${"山".repeat(39)}！`)).toBe(`${"山".repeat(39)}！`);
  });

  it("stands before the sentence in every language", () => {
    const error = { row: 1, code: "required", value: "x" } as const;
    expect(errorText(error, "ja")).toBe("「x」：入力してください。");
    expect(errorText(error, "en")).toBe("“x”: Please fill this in.");
  });
});
