import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldRules } from "../../../lambdas/contract/rules.ts";
import { importSentence } from "../../../lambdas/imports/files/wording.ts";
import { errorsOf, messageOf, line, recordsIn, refusalOf, registering } from "./customer.ts";

const folder = new URL("../../../lambdas/imports/files/", import.meta.url);
const source = readdirSync(folder, { encoding: "utf8" })
  .filter((file) => file !== "wording.ts")
  .map((file) => readFileSync(new URL(file, folder), "utf8"))
  .join("\n");
const codes = [
  ...source.matchAll(
    /"(file[A-Z]\w+|columns\w+|\w+Twice|\w+Differ|\w+NotAllowed|\w+NotContracted|lineBreak|commonName)"/g,
  ),
  ...source.matchAll(/(?:error|code|character): "(\w+)"|coded\("(\w+)"/g),
].map(([, first, second]) => first ?? second ?? "");

describe("an error's message", () => {
  const worded = (file: string) => errorsOf(registering(file)).map((error) => messageOf(error, "ja"));

  it("names row, column, the column's name and its rule", () => {
    expect(worded(`\n${line({ device: "7" })}`)).toEqual([
      "行:2 項目:9 デバイスコード：デバイスコードは 01、11、12、20、99 のいずれかを入力してください。",
    ]);
    const [error] = errorsOf(registering(line({ device: "7" })));
    expect(error && messageOf(error, "en")).toBe(
      "Row 1 column 9 Device code: Enter one of the device codes 01, 11, 12, 20, 99.",
    );
  });

  it("fills in the facts", () => {
    expect(worded(`${line()}\n${line()}`)).toEqual([
      "行:2 項目:1 代表メールアドレス：代表メールアドレス・利用デバイス用メールアドレス・デバイスコードの組が、1行目と重複しています。",
    ]);
  });

  it("names no place for the file itself, and the row alone where there is no column", () => {
    const fault = refusalOf(() => recordsIn("\n"));
    expect(messageOf(fault, "ja")).toBe("データの行がありません。");
    expect(messageOf({ ...fault, row: 3 }, "ja")).toBe("行:3：データの行がありません。");
  });
});

describe("importSentence", () => {
  it.each([...new Set(codes)])("words %s in both languages", (code) => {
    for (const language of ["ja", "en"] as const) {
      const sentence = importSentence({ code }, language);
      expect(sentence).not.toBe(fieldRules.invalid[language]);
      expect(/[ぁ-ん]/.test(sentence)).toBe(language === "ja");
    }
  });
  it("knows all codes of this folder", () => {
    expect(new Set(codes).size).toBeGreaterThan(25);
  });
});
