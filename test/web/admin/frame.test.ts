import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { chromiumProgram, desktop, findings, phone } from "./browser.ts";
import { arrive, fillIn, listOf, press } from "./page-actions.ts";
import { onAdminSite } from "./suite.ts";

const begin = onAdminSite();
const seconds = 120_000;

describe("the frame around every page", () => {
  itWith(
    chromiumProgram,
    "has one title while a page is on its way, and while the menu covers a phone",
    async () => {
      const { api, page, open } = await begin({ viewport: phone });
      api.wishes.delay = 3000;
      const visit = open("/");
      await page.getByText("読み込んでいます…").first().waitFor();
      expect(await findings(page, "loading")).toEqual([]);
      await visit;
      api.wishes.delay = 0;
      await page.getByText("標準サービス").waitFor();
      await press(page, "メニューを開く");
      await page.getByRole("link", { name: "利用者メンテナンス", exact: true }).waitFor();
      expect(await findings(page, "menu")).toEqual([]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "leads the keyboard past itself by its first stop",
    async () => {
      const { page, open } = await begin();
      await open(listOf("standard"));
      await page.getByText("利用者がまだ登録されていません。").waitFor();
      await page.keyboard.press("Tab");
      await page.getByRole("button", { name: "本文へ" }).and(page.locator(":focus")).waitFor();
      await page.keyboard.press("Enter");
      await page.locator(".heading:focus").getByText("利用者のメンテナンス").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "follows the system's colours, which pass axe-core as the light ones do",
    async () => {
      const { api, page, open } = await begin({ viewport: desktop });
      await page.emulateMedia({ colorScheme: "dark" });
      for (const status of ["issued", "downloaded", "revoked", "failed"] as const)
        api.add({ familyName: "山田", givenName: status, status });
      await open("/");
      await page.getByText("標準サービス").waitFor();
      expect(await findings(page, "top")).toEqual([]);
      await open(listOf("standard"));
      await page.getByRole("link", { name: "山田 downloaded" }).click();
      await page.getByText("CN=Yamada Taro").waitFor();
      expect(await findings(page, "list")).toEqual([]);
      await open(`${listOf("standard")}/new`);
      await fillIn(page);
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      expect(await findings(page, "confirmation")).toEqual([]);
      const ground = "getComputedStyle(document.body).backgroundColor";
      expect(await page.evaluate(ground)).toBe("rgb(22, 29, 38)");
      await page.emulateMedia({ colorScheme: "light" });
      await expect.poll(() => page.evaluate(ground)).toBe("rgb(255, 255, 255)");
    },
    seconds,
  );
});

describe("the choice of service and organization", () => {
  itWith(
    chromiumProgram,
    "begins at the service that was opened last on this browser, and says when the address names none",
    async () => {
      const { page, open } = await begin();
      const chosen = page.getByRole("button", { name: /以下のサービスを選択しています/ });
      await open("/subscribers");
      await chosen.getByText("標準サービス").waitFor();
      await open(listOf("period"));
      await page.getByText("利用者がまだ登録されていません。").waitFor();
      await open("/subscribers");
      await chosen.getByText("期間指定サービス").waitFor();
      await open("/subscribers/t0123456789-s999999999999");
      await page.getByText("アドレスのサービスは見つかりませんでした。").waitFor();
      await page.evaluate('localStorage.setItem("warifu.list", "{")');
      await page.reload();
      await chosen.getByText("標準サービス").waitFor();
    },
    seconds,
  );
});
