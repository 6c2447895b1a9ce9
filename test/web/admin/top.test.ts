import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { chromiumProgram, desktop, findings, phone } from "./browser.ts";
import { serviceIds } from "./fake-api.ts";
import { arrive, fillIn, listOf, press } from "./page-actions.ts";
import { onAdminSite } from "./suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

/** What can be scrolled sideways, in words of its own: none of it is seen by who does not know. */
const hiddenSideways = (page: Page): Promise<string[]> =>
  page.evaluate(`[...document.querySelectorAll("main *")]
    .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
    .map((one) => one.innerText)`);

describe("the top page", () => {
  itWith(
    chromiumProgram,
    "names what asks for attention: files under way, and licences that are nearly used or all used",
    async () => {
      const { api, page, open } = await begin();
      await open("/");
      await page.getByText("現在、確認が必要なことはありません。").waitFor();
      for (let n = 0; n < 9; n += 1) api.add({ familyName: "山田", givenName: `${n}`, serviceId: serviceIds.period });
      api.imports.add({ serviceId: serviceIds.standard, fileName: "a.csv", state: "running", rows: 10, done: 4 });
      await page.reload();
      await page
        .getByText("「期間指定サービス」のライセンスの残りが少なくなっています（残り 1 / 契約 10）。")
        .waitFor();
      await page.getByText("処理中のCSVファイルが 1 件あります。").waitFor();
      expect(await page.getByText("確認が必要なことはありません").count()).toBe(0);
      api.add({ familyName: "山田", givenName: "十", serviceId: serviceIds.period });
      await page.reload();
      await page.getByText("「期間指定サービス」のライセンスをすべて使用しています（契約 10）。").waitFor();
      await page.getByRole("link", { name: "CSV処理状況を開く" }).click();
      await arrive(page, "CSV処理状況");
    },
    seconds,
  );
});

describe("a table on a phone", () => {
  for (const viewport of [phone, desktop])
    itWith(
      chromiumProgram,
      `hides no column at the edge of ${viewport.width} px: licences, what was registered, files`,
      async () => {
        const { api, page, open } = await begin({ viewport });
        api.imports.add({
          serviceId: serviceIds.standard,
          fileName: "利用者.csv",
          state: "running",
          rows: 100,
          done: 40,
        });
        const narrow = viewport === phone;
        const found: string[] = [];
        const look = async (state: string, label: string) => {
          await page.getByRole(narrow ? "list" : "table", { name: label }).waitFor();
          expect([state, await hiddenSideways(page)]).toEqual([state, []]);
          found.push(...(await findings(page, state)));
        };
        await open("/");
        await page.getByText("0 / 100").waitFor();
        await look("top", "ご契約のサービス");
        await open("/imports");
        await page.getByText("管理 花子").first().waitFor();
        await look("files", "アップロードしたファイル");
        await open(`${listOf("standard")}/new`);
        await fillIn(page);
        await press(page, "確認");
        await press(page, "決定");
        await arrive(page, "利用者登録完了");
        await look("done", "証明書");
        expect(found).toEqual([]);
      },
      120_000,
    );
});
