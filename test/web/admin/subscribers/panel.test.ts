import { describe, expect } from "vitest";
import { picture } from "../../../picture.ts";
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

describe("a company's list", () => {
  itWith(
    chromiumProgram,
    "shows people in every state beside the details of one, and those alone on a phone",
    async () => {
      const { api, page, open } = await begin({ viewport: { width: 1366, height: 768 } });
      const families = [
        ["三浦", "miura"],
        ["上田", "ueda"],
        ["中村", "nakamura"],
        ["佐藤", "sato"],
        ["山田", "yamada"],
      ] as const;
      const devices = ["01", "11", "12", "20"] as const;
      const states = ["downloaded", "issued", "downloaded", "revoked", "downloaded", "failed", "issued"] as const;
      for (let n = 0; n < 120; n += 1) {
        const [familyName, family] = families[n % families.length] ?? families[0];
        api.add({
          familyName,
          givenName: ["さくら", "健一", "大輔", "太郎", "美咲", "花子"][n % 6] ?? "",
          primaryEmail: `${family}-${n}@tsurukame.example`,
          commonName: `${family} ${n}`,
          device: devices[n % devices.length] ?? "01",
          status: states[n % states.length] ?? "issued",
          ...(n % 9 === 0 && states[n % states.length] === "downloaded" ? { revokeOn: "2030-01-14T15:00:00Z" } : {}),
        });
      }
      await open(listOf("standard"));
      await page.getByText("1～50 / 120 件").waitFor();
      await page.getByText("失効予定(2030/01/15)").first().waitFor();
      // What is cut stays in the page: its cell is then narrower than its content.
      const cut = await page.evaluate<string[]>(
        `[...document.querySelectorAll("tbody tr td:nth-of-type(4) *")].filter((one) => one.scrollWidth > one.clientWidth && one.clientWidth > 0)
          .map((one) => one.innerText)`,
      );
      expect(cut).toEqual([]);
      await picture(page, "admin-list");
      const name = page
        .getByRole("row")
        .filter({ hasText: "ダウンロード済" })
        .first()
        .getByRole("rowheader")
        .getByRole("link");
      await name.click();
      await page.getByText(/^CN=/).waitFor();
      await picture(page, "admin-certificate-panel");
      await page.setViewportSize(phone);
      await page.getByText(/^CN=/).waitFor();
      await picture(page, "admin-certificate-panel-phone");
      expect(await overflows(page)).toBe(false);
      expect(await page.getByRole("table", { name: "利用者一覧" }).count()).toBe(0);
    },
    seconds,
  );
});
