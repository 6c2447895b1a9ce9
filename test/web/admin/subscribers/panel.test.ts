import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "../browser.ts";
import { listOf, press } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 90_000;

describe("the details of a certificate", () => {
  itWith(
    chromiumProgram,
    "are opened by the name, stand in the address, and are closed by Escape, which leads back to the name",
    async () => {
      const { api, page, open } = await begin();
      const row = api.add({ familyName: "山田", givenName: "太郎", status: "downloaded" });
      await open(listOf("standard"));
      const name = page.getByRole("link", { name: "山田 太郎", exact: true });
      await name.click();
      const title = page.getByRole("heading", { level: 2, name: "山田 太郎" });
      await title.and(page.locator(":focus")).waitFor();
      for (const text of [
        "CN=Yamada Taro",
        "5f3a9c0b7e2d41586a90c3b1d27e48f6",
        "利用者（IP アドレス 192.0.2.7）",
        "管理者 管理 花子",
        "ログインID・パスワードのご案内",
      ])
        await page.getByText(text, { exact: true }).waitFor();
      expect(page.url()).toContain(row.certificateId);
      await page.reload();
      await title.waitFor();
      await page.getByText("CN=Yamada Taro").waitFor();
      await page.keyboard.press("Escape");
      await title.waitFor({ state: "detached" });
      expect(page.url()).not.toContain(row.certificateId);
      await name.and(page.locator(":focus")).waitFor();
      await page.goBack();
      await title.waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "offer the revocation while the certificate lives, and follow what becomes of it",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      api.add({ familyName: "佐藤", givenName: "花子", status: "failed", error: "署名サービスが応答しませんでした。" });
      await open(listOf("standard"));
      await page.getByRole("link", { name: "佐藤 花子", exact: true }).click();
      const panel = page.getByRole("complementary", { name: "証明書の詳細" });
      await panel.getByText("署名サービスが応答しませんでした。").waitFor();
      expect(await panel.getByRole("button", { name: "失効" }).count()).toBe(0);
      await page.getByRole("link", { name: "山田 太郎", exact: true }).click();
      await panel.getByRole("button", { name: "失効" }).click();
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      await dialog.getByRole("button", { name: "確認" }).click();
      await dialog.getByRole("button", { name: "OK" }).click();
      await dialog.getByText("証明書を失効しました。").waitFor();
      await dialog.getByRole("button", { name: "閉じる" }).last().click();
      await panel.getByText("証明書失効済").waitFor();
      await eventually(() => panel.getByRole("listitem").filter({ hasText: "失効" }).count()).toBe(1);
      expect(await panel.getByRole("button", { name: "失効" }).count()).toBe(0);
    },
    seconds,
  );

  for (const viewport of [desktop, phone])
    itWith(
      chromiumProgram,
      `pass axe-core, and take the whole width of a phone (${viewport.width} px)`,
      async () => {
        const { api, page, open } = await begin({ viewport });
        api.add({ familyName: "山田", givenName: "太郎", status: "downloaded", revokeOn: "2030-01-14T15:00:00Z" });
        await open(listOf("standard"));
        await page.getByRole("link", { name: "山田 太郎", exact: true }).click();
        await page.getByText("CN=Yamada Taro").waitFor();
        expect(await findings(page, `details ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        const box = await page.getByRole("complementary", { name: "証明書の詳細" }).boundingBox();
        if (viewport === phone) expect([box?.x, box?.width]).toEqual([0, phone.width]);
        await press(page, "詳細を閉じる");
        await page.getByText("CN=Yamada Taro").waitFor({ state: "detached" });
      },
      seconds,
    );
});
