import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { picture } from "../../../picture.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "../browser.ts";
import { arrive, listOf, press } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;
const day = 86_400_000;

const opened = async (address = listOf("standard"), viewport = desktop) => {
  const visit = await begin({ viewport });
  const instant = (days: number) => new Date(Date.now() + days * day).toISOString();
  for (const [familyName, givenName, status, device] of [
    ["山田", "太郎", "issued", "01"],
    ["山田", "花子", "downloaded", "11"],
    ["鈴木", "一郎", "failed", "01"],
    ["佐藤", "二郎", "revoked", "20"],
  ] as const)
    visit.api.add({ familyName, givenName, status, device, notAfter: instant(familyName === "山田" ? 40 : 400) });
  await visit.open(address);
  await arrive(visit.page, "利用者のメンテナンス");
  return visit;
};
const names = (page: Page) => page.getByRole("rowheader").getByRole("link").allInnerTexts();
const shown = (page: Page, expected: readonly string[]) =>
  eventually(async () => (await names(page)).toSorted()).toEqual(expected.toSorted());
const openForm = (page: Page) => press(page, "検索条件");

describe("▼検索条件", () => {
  itWith(
    chromiumProgram,
    "shows what meets all conditions; the address keeps them over a reload, Back and another page",
    async () => {
      const { page, open } = await opened();
      await shown(page, ["山田 太郎", "山田 花子", "鈴木 一郎", "佐藤 二郎"]);
      await openForm(page);
      await page.getByLabel("姓", { exact: true }).fill("山");
      await page.getByRole("checkbox", { name: "証明書発行済", exact: true }).check();
      await press(page, "検索実行");
      await shown(page, ["山田 太郎"]);
      await page.getByText("条件：姓＝山、証明書ステータス＝証明書発行済").waitFor();
      await picture(page, "admin-search");
      await page.reload();
      await shown(page, ["山田 太郎"]);
      await open("/");
      await page.goBack();
      await shown(page, ["山田 太郎"]);
      await page.goBack();
      await shown(page, ["山田 太郎", "山田 花子", "鈴木 一郎", "佐藤 二郎"]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has ready-made searches, and offers to clear conditions that nothing meets",
    async () => {
      const { page } = await opened();
      await openForm(page);
      await press(page, "発行エラーの証明書");
      await shown(page, ["鈴木 一郎"]);
      await press(page, "ダウンロードされていない証明書");
      await shown(page, ["山田 太郎"]);
      await page.getByLabel("名", { exact: true }).fill("次郎");
      await press(page, "検索実行");
      await page.getByText("条件に合う証明書はありません。").waitFor();
      await page.getByRole("button", { name: "条件をクリア" }).last().click();
      await shown(page, ["山田 太郎", "山田 花子", "鈴木 一郎", "佐藤 二郎"]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "refuses days that do not exist or stand in the wrong order, each at its field",
    async () => {
      const { api, page } = await opened();
      await openForm(page);
      await page.getByLabel("証明書終了日（から）").fill("2027/2/30");
      await press(page, "検索実行");
      await page.getByText("存在しない日時です。").waitFor();
      await page.getByLabel("証明書終了日（から）").fill("2027/3/2");
      await page.getByLabel("証明書終了日（まで）").fill("2027/3/1");
      await press(page, "検索実行");
      await page.getByText("終わりの日付が、始めの日付より前です。").waitFor();
      expect(api.rows).toHaveLength(4);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "names conditions of an address that it does not know, and shows the list",
    async () => {
      const { page } = await opened(`${listOf("standard")}?family=%E5%B1%B1&colour=red`);
      await page.getByText("次の検索条件は認識できないため、無視しました：colour").waitFor();
      await shown(page, ["山田 太郎", "山田 花子"]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has nothing that axe finds, also on a phone, which it fits",
    async () => {
      for (const viewport of [desktop, phone]) {
        const { page } = await opened(`${listOf("standard")}?colour=red&endsTo=2099/1/1`, viewport);
        await openForm(page);
        await page.getByLabel("証明書終了日（まで）").fill("2027/2/30");
        await press(page, "検索実行");
        await page.getByText("存在しない日時です。").waitFor();
        expect(await findings(page, `search at ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
      }
    },
    seconds,
  );
});
