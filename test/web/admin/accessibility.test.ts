import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { onAdminSite } from "./suite.ts";
import { arrive, fillIn, listOf, press } from "./page-actions.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "./browser.ts";

const begin = onAdminSite();
const yamada = { familyName: "山田", givenName: "太郎" };

/** Walks through every state of every page, looking at each; answers what was found. */
async function walk(viewport: typeof desktop): Promise<string[]> {
  const { api, page, open } = await begin({ viewport });
  const statuses = ["issuing", "issued", "downloaded", "revoked", "failed"] as const;
  api.wishes.issuanceTakes = 60_000;
  for (const status of statuses)
    api.add({
      ...yamada,
      status,
      primaryEmail: `${status}@mytest.example`,
      error: "署名サービスが応答しませんでした。",
    });
  const found: string[] = [];
  const look = async (state: string) => {
    found.push(...(await findings(page, state)));
    if (await overflows(page)) found.push(`${state}: wider than the window`);
  };

  await open("/");
  await page.getByText("標準サービス").waitFor();
  await look("top");
  await open("/subscribers");
  await page.getByRole("link", { name: "本社" }).waitFor();
  await look("organizations");
  await open(listOf("standard"));
  await page.getByText("証明書ダウンロード済").waitFor();
  await look("list");
  await open(listOf("period"));
  await page.getByText("利用者がまだ登録されていません。").waitFor();
  await look("empty list");
  await open(`${listOf("period")}/new`);
  await page.getByRole("checkbox", { name: "WindowsPC" }).check();
  await press(page, "確認");
  await page.getByText("証明書有効期限(To)を入力してください。").waitFor();
  await look("form with errors");
  await open(`${listOf("organization")}/new`);
  await fillIn(page);
  await press(page, "WindowsPC サブメールの追加");
  await page.getByLabel("WindowsPC 証明書有効期限(To)", { exact: true }).fill("2030/3/31 18:00");
  await look("form with every option");
  await press(page, "確認");
  await arrive(page, "利用者登録確認");
  await look("confirmation with every option");
  await open(`${listOf("standard")}/new`);
  await fillIn(page);
  await look("form filled in");
  await press(page, "クリア");
  await page.getByRole("dialog").waitFor();
  await look("question before what was typed is cleared");
  await page.keyboard.press("Escape");
  await press(page, "確認");
  await arrive(page, "利用者登録確認");
  await look("confirmation");
  await press(page, "決定");
  await arrive(page, "利用者登録完了");
  await look("done");
  await open(listOf("standard"));
  await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).nth(2).check();
  await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).nth(3).check();
  await press(page, "失効");
  await page.getByRole("dialog").waitFor();
  await look("what an action leaves out");
  await page.keyboard.press("Escape");
  await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).nth(3).uncheck();
  await press(page, "失効");
  await page.getByRole("dialog").waitFor();
  await look("revocation");
  await press(page, "確認");
  await page.getByText("実行してもよろしいですか").waitFor();
  await look("revocation confirmed");
  await press(page, "OK");
  await page.getByText("証明書を失効しました。").waitFor();
  await look("revoked");
  api.wishes.break = "listServices";
  await press(page, "閉じる");
  await open("/subscribers");
  await page.getByText("サーバーに接続できませんでした。").waitFor();
  await look("no connection");
  api.wishes.break = undefined;
  await open("/nowhere");
  await look("missing page");
  return found;
}

describe("every state of the admin site", () => {
  itWith(
    chromiumProgram,
    "passes axe-core on a desktop, under the strict policy",
    async () => {
      expect(await walk(desktop)).toEqual([]);
    },
    120_000,
  );
  itWith(
    chromiumProgram,
    "passes axe-core on a phone of 390 px, and fits it",
    async () => {
      expect(await walk(phone)).toEqual([]);
    },
    120_000,
  );
});
