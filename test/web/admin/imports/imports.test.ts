import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { japaneseDay } from "../../../japanese-day.ts";
import { itWith } from "../../../program.ts";
import { onAdminSite } from "../suite.ts";
import { arrive, listOf, press } from "../page-actions.ts";
import { chromiumProgram } from "../browser.ts";
import { chooseFile, cp932, register, revocations, windowOf } from "./files.ts";

const begin = onAdminSite();
const seconds = 60_000;

describe("一括操作", () => {
  itWith(
    chromiumProgram,
    "offers the CSV commands of the manual, without the registration where the service does not issue",
    async () => {
      const { page, open } = await begin();
      await open(listOf("standard"));
      const run = page.getByRole("button", { name: /を実行$/ });
      expect(await run.count()).toBe(0);
      await page.getByRole("button", { name: "一括操作" }).click();
      expect(await run.allInnerTexts()).toEqual(["実行", "実行"]);
      await press(page, "CSV一括失効を実行");
      await arrive(page, "CSV一括失効");
      await open(listOf("closed"));
      await page.getByRole("button", { name: "一括操作" }).click();
      await page.getByRole("button", { name: "CSV一括失効を実行" }).waitFor();
      expect(await run.count()).toBe(1);
      await open(windowOf("closed", "csv-registration"));
      await page.getByText("管理画面からの新規発行が許可されていません。").waitFor();
      expect(await page.locator("input[type=file]").count()).toBe(0);
    },
    seconds,
  );
});

describe("CSV一括登録", () => {
  itWith(
    chromiumProgram,
    "shows the file's beginning, uploads it as it was chosen and follows it to its end, also over a reload",
    async () => {
      const { api, page, open } = await begin();
      api.imports.wishes.rowTakes = 1500;
      api.imports.wishes.ahead = { files: 2, rows: 1234 };
      await open(windowOf("standard", "csv-registration"));
      await arrive(page, "CSV一括登録");
      await press(page, "登録");
      await page.getByText("CSVファイルを選択してください。").waitFor();
      const file = cp932(4);
      await chooseFile(page, file);
      await page.getByText("文字コード：Shift_JIS").waitFor();
      await page.getByRole("table", { name: "ファイルの内容" }).getByText("山田").first().waitFor();
      await press(page, "登録");
      await page.getByText("4 人に 4 枚の証明書を発行し、8 通のメールを送ります。登録してもよろしいですか？").waitFor();
      await page.getByText("ライセンス：使用中 0 → 4（契約 100）").waitFor();
      await press(page, "OK");
      await arrive(page, "CSV一括登録受付完了");
      await page.getByText(/前に 2 件のファイル（1,234 行）があります。/).waitFor();
      await page.reload();
      await arrive(page, "CSV一括登録受付完了");
      await arrive(page, "CSV一括登録完了");
      await page.getByText("4 件の証明書を発行しました。").waitFor();
      await page.getByText("4 / 4 行").waitFor();
      const sent = api.seen.filter(({ name }) => name === "createImport");
      expect(sent.map(({ body }) => body)).toEqual([
        {
          operation: "register",
          fileName: "利用者.csv",
          organizationId: expect.stringContaining("-o") as string,
          bulkDownload: false,
        },
      ]);
      expect(api.imports.uploads.length).toBe(1);
      expect(Buffer.from(api.imports.jobs[0]?.bytes ?? []).equals(file)).toBe(true);
      await press(page, "利用者一覧を開く");
      await arrive(page, "利用者のメンテナンス");
      expect(new URL(page.url()).hash).toBe(`#${listOf("standard")}`);
      await page.goBack();
      await press(page, "閉じる");
      await arrive(page, "利用者のメンテナンス");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "uses what it announced again after an upload that failed, and announces anew when the form has expired",
    async () => {
      const { api, page, open } = await begin();
      const announced = () => api.seen.filter(({ name }) => name === "createImport").length;
      await open(windowOf("standard", "csv-registration"));
      await chooseFile(page, cp932(1));
      await page.getByText("文字コード：Shift_JIS").waitFor();
      api.imports.wishes.uploadStatus = 503;
      await register(page);
      await page.getByText("ファイルをアップロードできませんでした。").waitFor();
      expect(announced()).toBe(1);
      api.imports.wishes.uploadStatus = 403;
      await register(page);
      await page.getByText("アップロードの制限時間（10分）を過ぎました。").waitFor();
      expect(announced()).toBe(1);
      api.imports.wishes.uploadStatus = 204;
      await register(page);
      await arrive(page, "CSV一括登録完了");
      expect(announced()).toBe(2);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "refuses an Excel workbook before anything is sent, and hands out a template with the layout's header",
    async () => {
      const { api, page, open } = await begin();
      await open(windowOf("standard", "csv-registration"));
      await chooseFile(page, Buffer.from("PK\u0003\u0004"));
      await page.getByText("CSV ではなく Excel ファイルです。").waitFor();
      await press(page, "登録");
      await page.getByText("入力内容に誤りがあります。").first().waitFor();
      expect(api.seen.some(({ name }) => name === "createImport")).toBe(false);
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, "テンプレートをダウンロード")]);
      expect(download.suggestedFilename()).toBe("CSV一括登録テンプレート.csv");
      const saved = readFileSync(await download.path(), "utf8");
      expect(saved).toMatch(/^\ufeff"代表メールアドレス","利用者（姓）",.*"デバイスコード"\r\n$/);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "with 一括ダウンロード offers the ZIP when it is made, and says what is in it",
    async () => {
      const { api, page, open } = await begin();
      api.imports.wishes.packageTakes = 2000;
      await open(windowOf("standard", "csv-registration"));
      await chooseFile(page, cp932(1));
      await page.getByRole("checkbox", { name: "発行した証明書は、管理者が一括ダウンロードする" }).check();
      await register(page);
      await page.getByText("ZIP ファイルを作成しています。").waitFor();
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, "ZIP ファイルをダウンロード")]);
      expect(download.suggestedFilename()).toBe("package.zip");
      await page.getByText(/のダウンロードを開始しました。/).waitFor();
      await page.getByText(/^PIN（フォルダー）/).waitFor();
      const [job] = api.imports.jobs;
      expect(job?.bulkDownload).toBe(true);
      const endedBefore = (milliseconds: number) =>
        Object.assign(job ?? {}, { endedAt: new Date(Date.now() - milliseconds).toISOString() });
      endedBefore(8 * 86_400_000);
      await page.reload();
      await page.getByText("ZIP ファイルの保存期間（7日間）が過ぎました。").waitFor();
      api.imports.wishes.packageTakes = Infinity;
      endedBefore(2 * 3_600_000);
      await page.reload();
      await page.getByText(/ZIP ファイルの作成に時間がかかっています。/).waitFor();
    },
    seconds,
  );
});

describe("a refused file", () => {
  itWith(
    chromiumProgram,
    "shows every error with row, column and rule, a page at a time, and saves them as CSV",
    async () => {
      const { api, page, open } = await begin();
      api.imports.wishes.errors = Array.from({ length: 60 }, (_, at) => ({
        row: at,
        ...(at === 0 ? { column: 0 } : { column: 9, columnName: "デバイスコード" }),
        code: "deviceCode",
        message: `誤り ${at}`,
      }));
      await open(windowOf("standard", "csv-registration"));
      await chooseFile(page, cp932(1));
      await register(page);
      await arrive(page, "CSV一括登録エラー");
      await page.getByText("1件も処理していません。").waitFor();
      const table = page.getByRole("table", { name: "ファイルの誤り" });
      await table.getByText("ファイル全体").waitFor();
      await table.getByRole("row", { name: /^1 9 デバイスコード 誤り 1$/ }).waitFor();
      expect(await table.getByRole("row").count()).toBe(51);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        press(page, "ファイルの誤りの一覧をCSVでダウンロード"),
      ]);
      const saved = readFileSync(await download.path(), "utf8").split("\r\n");
      expect(saved[0]).toBe('\ufeff"行","項目番号","項目名","値","内容"');
      expect(saved[60]).toBe('"59","9","デバイスコード","","誤り 59"');
      await page.getByRole("button", { name: "2 ページ目" }).click();
      await table.getByText("誤り 59").waitFor();
      expect(await page.getByText("先頭の").count()).toBe(0);
      await press(page, "もう一度アップロードする");
      await arrive(page, "CSV一括登録");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "with more mistakes than are kept says how many there are, in both languages and in the list of files",
    async () => {
      const { api, page, open } = await begin();
      api.imports.wishes.errors = Array.from({ length: 1000 }, (_, at) => ({
        row: at + 1,
        column: 9,
        code: "deviceCode",
        message: `誤り ${at}`,
      }));
      api.imports.wishes.further = 11_345;
      await open(windowOf("standard", "csv-registration"));
      await chooseFile(page, cp932(1));
      await register(page);
      await arrive(page, "CSV一括登録エラー");
      await page.getByText("全 12,345 件のうち、先頭の 1,000 件を表示しています。").waitFor();
      await page
        .getByText("残りの誤りは、表示されている誤りを直してもう一度アップロードすると確認できます。")
        .waitFor();
      await page.getByRole("heading", { name: "ファイルの誤り (12,345)" }).waitFor();
      await press(page, "English");
      await page.getByText("The first 1,000 of 12,345 are shown.").waitFor();
      await press(page, "日本語");
      await page.getByRole("link", { name: "CSV処理状況" }).first().click();
      await page
        .getByRole("row", { name: /利用者\.csv/ })
        .getByText("誤り 12,345 件")
        .waitFor();
    },
    seconds,
  );
});

describe("CSV一括失効", () => {
  itWith(
    chromiumProgram,
    "asks with the count before it revokes at once, and shows failed rows apart from those with nothing to do",
    async () => {
      const { api, page, open } = await begin();
      api.imports.wishes.told = [
        {
          row: 2,
          column: 1,
          columnName: "代表メールアドレス",
          value: "p1@mytest.jp",
          code: "slotUnknown",
          message: "処理できませんでした。",
          outcome: "failed",
        },
        { row: 1, column: 0, code: "nothingToRevoke", message: "失効の必要はありませんでした。", outcome: "skipped" },
      ];
      await open(windowOf("standard", "csv-revocation"));
      await chooseFile(page, revocations(3));
      await page.getByText("データ：3 行").waitFor();
      await press(page, "失効");
      const dialog = page.getByRole("dialog", { name: "CSV一括失効" });
      await dialog.getByText("ファイルにある証明書（3 件）をただちに失効します。").waitFor();
      await dialog.getByText(/元に戻せません/).waitFor();
      expect(api.seen.some(({ name }) => name === "createImport")).toBe(false);
      await dialog.getByRole("button", { name: "OK" }).click();
      await arrive(page, "CSV一括失効完了");
      await page.getByText("1 行を処理できませんでした。").waitFor();
      await page.getByText("3 / 3 行、失敗 1 行、処理不要 1 行").waitFor();
      await page.getByText("1 件の証明書を失効しました。").waitFor();
      await page.getByText("1 行は、処理の必要がありませんでした。").waitFor();
      for (const [name, row] of [
        ["処理できなかった行", "2 1 代表メールアドレス p1@mytest.jp 処理できませんでした。"],
        ["処理の必要がなかった行", "1 失効の必要はありませんでした。"],
      ] as const) {
        const rows = page.getByRole("table", { name, exact: true }).getByRole("row");
        expect(await rows.count()).toBe(2);
        await rows.and(page.getByRole("row", { name: row, exact: true })).waitFor();
      }
      const save = page.getByRole("button", { name: "処理できなかった行の一覧をCSVでダウンロード" });
      const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
      expect(download.suggestedFilename()).toBe("利用者_処理できなかった行.csv");
      expect(readFileSync(await download.path(), "utf8")).toBe(
        '\ufeff"行","項目番号","項目名","値","原因"\r\n"2","1","代表メールアドレス","p1@mytest.jp","処理できませんでした。"\r\n',
      );
      const [sent] = api.seen.filter(({ name }) => name === "createImport");
      expect(sent?.body).toEqual({ operation: "revoke", fileName: "利用者.csv" });
      await press(page, "English");
      await page.getByRole("heading", { name: "Rows that failed (1)" }).waitFor();
      await page.getByRole("heading", { name: "Rows with nothing to do (1)" }).waitFor();
      await page.getByText("Finished, but 1 row could not be done.").waitFor();
      await press(page, "日本語");
      await press(page, "閉じる");
      await arrive(page, "利用者のメンテナンス");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "on a day takes a day that may be asked for, and sends it",
    async () => {
      const { api, page, open } = await begin();
      await open(windowOf("standard", "csv-revocation"));
      await chooseFile(page, revocations(1));
      await page.getByRole("radio", { name: "日付を指定して、失効する" }).check();
      await press(page, "失効");
      await page.getByText("入力してください。", { exact: true }).waitFor();
      const day = page.getByRole("textbox", { name: "失効する日" });
      await day.fill(japaneseDay(31));
      await press(page, "失効");
      await page.getByText(/本日から30日以内/).waitFor();
      await day.fill(japaneseDay(3));
      await press(page, "失効");
      await page
        .getByText(`ファイルにある証明書（1 件）を ${japaneseDay(3)} の午前0時（日本時間）に失効します。`)
        .waitFor();
      await press(page, "OK");
      await page.getByText(`1 件の証明書の失効を ${japaneseDay(3)} で受け付けました。`).waitFor();
      expect(api.seen.find(({ name }) => name === "createImport")?.body).toMatchObject({ on: japaneseDay(3) });
    },
    seconds,
  );
});
