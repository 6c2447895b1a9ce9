import { describe, expect } from "vitest";
import { picture } from "../../../picture.ts";
import { itWith } from "../../../program.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "../browser.ts";
import { arrive, listOf, press } from "../page-actions.ts";
import { onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

const opened = async (viewport = desktop) => {
  const visit = await begin({ viewport });
  const { subscriberId } = visit.api.add({ familyName: "山田", givenName: "太郎" });
  const second = visit.api.add({ familyName: "山田", givenName: "太郎", subscriberId, device: "11" });
  return { ...visit, second };
};

describe("[編集]", () => {
  itWith(
    chromiumProgram,
    "corrects a subscriber's names and where the mails of a device go, after showing what will change",
    async () => {
      const { api, page, open } = await opened();
      await open(listOf("standard"));
      await page.getByRole("button", { name: "山田 太郎 を編集" }).first().click();
      await arrive(page, "利用者の編集");
      await page.getByLabel("氏名（名）", { exact: true }).fill("次郎");
      await page.getByLabel("氏名（名）フリガナ", { exact: true }).fill("じろう");
      await page.getByLabel("iOS(iPhone)（yamada-taro@mytest.example）").fill("phone@mytest.example");
      await picture(page, "admin-edit");
      await press(page, "確認");
      await arrive(page, "利用者の編集内容の確認");
      expect((await page.getByRole("row").allInnerTexts()).map((row) => row.replaceAll(/\s+/g, " ").trim())).toEqual([
        "項目 変更前 変更後",
        "氏名（名） 太郎 次郎",
        "氏名（名）フリガナ タロウ ジロウ",
        "iOS(iPhone)（yamada-taro@mytest.example） yamada-taro@mytest.example phone@mytest.example",
      ]);
      await press(page, "決定");
      await arrive(page, "利用者の編集完了");
      await page.getByText("山田 次郎 の情報を変更しました。").waitFor();
      await press(page, "閉じる");
      await arrive(page, "利用者のメンテナンス");
      await page.getByRole("link", { name: "山田 次郎", exact: true }).first().waitFor();
      expect(api.rows.map(({ givenName, deviceEmail }) => [givenName, deviceEmail])).toEqual([
        ["次郎", undefined],
        ["次郎", "phone@mytest.example"],
      ]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "leads back to the field that is refused, asks before input is left, and says when somebody was faster",
    async () => {
      const { api, page, open, second } = await opened();
      await open(`${listOf("standard")}/edit/${second.certificateId}`);
      await arrive(page, "利用者の編集");
      await press(page, "確認");
      await page.getByText("変更された項目がありません。").waitFor();
      const mail = page.getByLabel("メールアドレス", { exact: true });
      await mail.fill("a@b");
      await press(page, "確認");
      await page.getByText("メールアドレスの形式（例：taro@example.jp）で入力してください。").waitFor();
      await mail.fill("other@mytest.example");
      await press(page, "確認");
      const errors = [{ field: "primaryEmail", code: "mailTaken", message: "別の利用者のメールアドレスです。" }];
      api.wishes.refuse.changeSubscriber = {
        type: "urn:warifu:problem:invalid",
        title: "invalid",
        status: 400,
        errors,
      };
      await press(page, "決定");
      await page.getByText("別の利用者のメールアドレスです。").waitFor();
      await press(page, "キャンセル");
      await page.getByText("入力内容を破棄しますか？").waitFor();
      await press(page, "入力を続ける");
      await press(page, "確認");
      api.wishes.refuse.changeSubscriber = {
        type: "urn:warifu:problem:changedMeanwhile",
        title: "changedMeanwhile",
        status: 409,
        detail: "ほかの操作によって状態が変わりました。",
      };
      await press(page, "決定");
      await page.getByText("ほかの操作によって状態が変わりました。").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has nothing that axe finds, also on a phone, which it fits",
    async () => {
      for (const viewport of [desktop, phone]) {
        const { page, open, second } = await opened(viewport);
        await open(`${listOf("standard")}/edit/${second.certificateId}`);
        await page.getByLabel("氏名（名）", { exact: true }).fill("!");
        await press(page, "確認");
        await page.getByText("入力内容に誤りがあります。").first().waitFor();
        expect(await findings(page, `edit at ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        await page.getByLabel("氏名（名）", { exact: true }).fill("次郎");
        await press(page, "確認");
        await arrive(page, "利用者の編集内容の確認");
        expect(await findings(page, `confirmation at ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
      }
    },
    seconds,
  );
});
