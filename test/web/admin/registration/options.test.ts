import { describe, expect } from "vitest";
import { picture } from "../../../picture.ts";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { arrive, fillIn, listOf, press } from "../page-actions.ts";
import { onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

const start = async (service: Parameters<typeof listOf>[0]) => {
  const visit = await begin();
  await visit.open(`${listOf(service)}/new`);
  await arrive(visit.page, "利用者登録");
  await fillIn(visit.page, undefined, ["WindowsPC", "iOS(iPhone)"]);
  return visit;
};

describe("what may be said of a device's certificate", () => {
  itWith(
    chromiumProgram,
    "is a mail address of its own, which is added, changed and removed",
    async () => {
      const { api, page } = await start("standard");
      await press(page, "iOS(iPhone) サブメールの追加");
      const mail = page.getByLabel("iOS(iPhone) サブメールアドレス", { exact: true });
      await mail.fill("taro@phone");
      await press(page, "確認");
      await page.getByText("メールアドレスの形式（例：taro@example.jp）で入力してください。").first().waitFor();
      await mail.fill("taro@x.jp");
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      expect(await page.getByRole("row").allInnerTexts()).toEqual([
        expect.stringMatching(/利用デバイス\s+証明書メールアドレス/),
        expect.stringMatching(/WindowsPC\s+yamada-taro@mytest.example/),
        expect.stringMatching(/iOS\(iPhone\)\s+taro@x.jp/),
      ]);
      await press(page, "戻る");
      await press(page, "iOS(iPhone) サブメールの削除");
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      await page.getByText("WindowsPC、iOS(iPhone)").waitFor();
      await press(page, "戻る");
      await press(page, "iOS(iPhone) サブメールの追加");
      await mail.fill("taro@x.jp");
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      await page.getByText("yamada-taro@mytest.example、taro@x.jp に").waitFor();
      const [sent] = api.seen.filter(({ name }) => name === "registerSubscriber");
      expect(sent?.body).toMatchObject({
        devices: [{ device: "01" }, { device: "11", certificateEmail: "taro@x.jp" }],
      });
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is what its service has contracted: a period with times, an organization of the list, units",
    async () => {
      const { api, page } = await start("organization");
      for (const device of ["WindowsPC", "iOS(iPhone)"])
        await page.getByLabel(`${device} 証明書有効期限(To)`, { exact: true }).fill("2030/3/31 18:00");
      await page.getByRole("button", { name: "iOS(iPhone) Organization" }).click();
      await page.getByRole("option", { name: "Reiwa Trust" }).click();
      await page.getByLabel("iOS(iPhone) OrganizationUnit1", { exact: true }).fill("営業部");
      await picture(page, "admin-registration-options", 1150);
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      expect(await page.getByRole("row").allInnerTexts()).toEqual([
        expect.stringContaining("利用デバイス"),
        expect.stringMatching(/WindowsPC\s+発行日時\s+2030\/3\/31 18:00\s+Reiwa Certificate Service\s+-\s+-/),
        expect.stringMatching(/iOS\(iPhone\)\s+発行日時\s+2030\/3\/31 18:00\s+Reiwa Trust\s+営業部\s+-/),
      ]);
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      const [sent] = api.seen.filter(({ name }) => name === "registerSubscriber");
      expect(sent?.body).toMatchObject({
        devices: [
          { device: "01", to: "2030/3/31 18:00" },
          { device: "11", to: "2030/3/31 18:00", organization: "Reiwa Trust", unit1: "営業部" },
        ],
      });
    },
    seconds,
  );
});
