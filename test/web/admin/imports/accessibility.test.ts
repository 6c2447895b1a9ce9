import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { onAdminSite } from "../suite.ts";
import { arrive, listOf, press } from "../page-actions.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "../browser.ts";
import { chooseFile, cp932, register, revocations, windowOf } from "./files.ts";

const begin = onAdminSite();

/** Walks through every state of the pages about files, looking at each; answers what was found. */
async function walk(viewport: typeof desktop): Promise<string[]> {
  const { api, page, open } = await begin({ viewport });
  const { wishes } = api.imports;
  const found: string[] = [];
  const look = async (state: string) => {
    found.push(...(await findings(page, state)));
    if (await overflows(page)) found.push(`${state}: wider than the window`);
  };

  await open(listOf("standard"));
  await page.getByRole("button", { name: "一括操作" }).click();
  await look("commands");
  await press(page, "CSV一括登録を実行");
  await arrive(page, "CSV一括登録");
  await press(page, "登録");
  await page.getByText("CSVファイルを選択してください。").waitFor();
  await look("no file");
  await page.getByRole("button", { name: "CSVファイルの形式" }).click();
  await chooseFile(page, cp932(7));
  await page.getByText("文字コード：Shift_JIS").waitFor();
  await look("file chosen");
  await chooseFile(page, Buffer.from("a!@x.jp,山田,太郎,やまだ,太郎,Yamada,Taro,a@x.jp,07\r\n"));
  await page.getByRole("heading", { name: /^ファイルの誤り/ }).waitFor();
  await look("file with mistakes");
  await chooseFile(page, cp932(7));
  await page.getByRole("checkbox", { name: "発行した証明書は、管理者が一括ダウンロードする" }).check();
  Object.assign(wishes, { checkTakes: 60_000, rowTakes: 60_000, ahead: { files: 2, rows: 1234 } });
  await register(page);
  await arrive(page, "CSV一括登録受付中");
  await look("being checked");
  wishes.checkTakes = 0;
  await press(page, "更新");
  await page.getByText(/前に 2 件のファイル/).waitFor();
  await look("running");
  await press(page, "中止");
  await page.getByRole("dialog", { name: "CSV処理の中止" }).waitFor();
  await look("question of stopping");
  await press(page, "キャンセル");
  await open("/imports");
  await page.getByRole("progressbar").waitFor();
  await look("status");
  wishes.rowTakes = 1;
  await page.getByRole("link", { name: "利用者.csv" }).last().click();
  await page.getByRole("button", { name: "ZIP ファイルをダウンロード" }).waitFor();
  await look("package");
  await open(windowOf("standard", "csv-revocation"));
  await arrive(page, "CSV一括失効");
  await chooseFile(page, revocations(3));
  await page.getByRole("radio", { name: "日付を指定して、失効する" }).check();
  await press(page, "失効");
  await page.getByText("入力してください。", { exact: true }).waitFor();
  await look("no day");
  await page.getByRole("radio", { name: "ただちに、失効する" }).check();
  await press(page, "失効");
  await page.getByRole("dialog").waitFor();
  await look("question");
  wishes.told = (["failed", "skipped"] as const).map((outcome, at) => ({
    row: at + 1,
    column: 0,
    code: "rowFailed",
    message: "処理できませんでした。",
    outcome,
  }));
  await press(page, "OK");
  await arrive(page, "CSV一括失効完了");
  await page.getByRole("heading", { name: /^処理の必要がなかった行/ }).waitFor();
  await look("rows that are not done");
  await page.goBack();
  await chooseFile(page, revocations(3));
  await press(page, "失効");
  wishes.further = 12_345;
  wishes.errors = Array.from({ length: 60 }, (_, at) => ({ row: at, column: at % 4, code: "mail", message: "誤り" }));
  await press(page, "OK");
  await arrive(page, "CSV一括失効エラー");
  await look("refused");
  await page.reload();
  await press(page, "もう一度アップロードする");
  await arrive(page, "CSV一括失効");
  return found;
}

describe("every state of the pages about files", () => {
  for (const [name, viewport] of [
    ["a desktop", desktop],
    ["a phone of 390 px, and fits it", phone],
  ] as const)
    itWith(
      chromiumProgram,
      `passes axe-core on ${name}`,
      async () => {
        expect(await walk(viewport)).toEqual([]);
      },
      120_000,
    );

  itWith(
    chromiumProgram,
    "is reached and left by the keyboard alone; a failed attempt leads back to what is missing",
    async () => {
      const { page, open } = await begin();
      await open(listOf("standard"));
      await page.getByRole("button", { name: "一括操作" }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await arrive(page, "CSV一括登録");
      await page.getByRole("button", { name: "登録", exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.locator("input[type=file]:focus").waitFor();
      await chooseFile(page, cp932(1));
      await page.getByText("誤りは見つかりませんでした。").waitFor();
      await page.getByRole("button", { name: "登録", exact: true }).focus();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      await page.getByRole("button", { name: "OK" }).focus();
      await page.keyboard.press("Enter");
      await arrive(page, "CSV一括登録完了");
      await page.locator(".heading:focus").waitFor();
    },
    60_000,
  );
});
