import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { press } from "../page-actions.ts";
import { onAdminSite } from "../suite.ts";
import { chooseFile, windowOf } from "./files.ts";

const begin = onAdminSite();
const seconds = 60_000;

describe("a file with mistakes", () => {
  itWith(
    chromiumProgram,
    "is not sent: every mistake stands with its row, column and value, by kind, and can be saved as CSV",
    async () => {
      const { api, page, open } = await begin();
      await open(windowOf("standard", "csv-registration"));
      const row = (at: number, device: string) =>
        `p${at}@mytest.jp,山田,太郎,ヤマダ,タロウ,Yamada,Taro,p${at}@mytest.jp,${device}\r\n`;
      const rows = Array.from({ length: 70 }, (_, at) => row(at, at < 60 ? "07" : "01"));
      await chooseFile(page, Buffer.from(`${rows.join("")}x!@mytest.jp${row(70, "01").slice(13)}`), "shinki.csv");
      await page.getByText("誤りが 61 件あります。").waitFor();
      const table = page.getByRole("table", { name: "ファイルの誤り" });
      await table.getByRole("row", { name: /^1 9 デバイスコード 07 デバイスコードは/ }).waitFor();
      expect(await table.getByRole("row").count()).toBe(51);
      await page.getByRole("button", { name: /誤りの種類/ }).click();
      await page.getByRole("option", { name: /代表メールアドレス/ }).click();
      await table
        .getByRole("row", { name: /^71 1 代表メールアドレス x!@mytest.jp 2文字目の「!」は使用できません。/ })
        .waitFor();
      expect(await table.getByRole("row").count()).toBe(2);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        press(page, "ファイルの誤りの一覧をCSVでダウンロード"),
      ]);
      expect(download.suggestedFilename()).toBe("shinki_エラー一覧.csv");
      const saved = readFileSync(await download.path(), "utf8").split("\r\n");
      expect(saved[0]).toBe('\ufeff"行","項目番号","項目名","値","内容"');
      expect(saved[1]).toMatch(/^"71","1","代表メールアドレス","x!@mytest.jp","2文字目の/);
      await press(page, "登録");
      await page.getByText("入力内容に誤りがあります。").first().waitFor();
      expect(api.seen.some(({ name }) => name === "createImport")).toBe(false);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "for more people than licences says how many are free, and a chosen file is not left without a question",
    async () => {
      const { page, open } = await begin();
      await open(windowOf("period", "csv-registration"));
      const rows = Array.from(
        { length: 11 },
        (_, at) => `p${at}@mytest.jp,山田,太郎,ヤマダ,タロウ,Yamada,Taro,p${at}@mytest.jp,01,,2999/1/1\r\n`,
      );
      await chooseFile(page, Buffer.from(rows.join("")));
      await page.getByText(/ライセンス数が不足しています（契約 10、使用中 0、今回 11）/).waitFor();
      await press(page, "キャンセル");
      await page.getByRole("dialog").waitFor();
      await press(page, "入力を続ける");
      await page.getByRole("link", { name: "本社" }).click();
      await page.getByRole("dialog").waitFor();
    },
    seconds,
  );
});
