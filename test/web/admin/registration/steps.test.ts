import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { messageText } from "../../../../lambdas/contract/messages.ts";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { arrive, fillIn, fromMenu, listOf, press, taro } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

const family = (page: Page) => page.getByLabel("氏名（姓）", { exact: true });
const start = async () => {
  const visit = await begin();
  await visit.open(listOf("standard"));
  await visit.page.getByRole("button", { name: "新規追加", exact: true }).first().click();
  await arrive(visit.page, "利用者登録");
  return visit;
};
/** Answers the browser's own question before a page is left. */
const askedByBrowser = (page: Page) => {
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  return asked;
};

describe("the steps of the registration", () => {
  itWith(
    chromiumProgram,
    "stand in the address: Back leads from the confirmation to the input with all that was typed, Forward to the confirmation",
    async () => {
      const { page } = await start();
      await fillIn(page);
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      expect(page.url()).toMatch(/\/new\/confirm$/);
      await page.goBack();
      await arrive(page, "利用者登録");
      expect(await family(page).inputValue()).toBe("山田");
      expect(await page.getByRole("checkbox", { name: "WindowsPC" }).isChecked()).toBe(true);
      await page.goForward();
      await arrive(page, "利用者登録確認");
      await press(page, "戻る");
      await arrive(page, "利用者登録");
      await page.goBack();
      await arrive(page, "利用者のメンテナンス");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "lead to the input where what was typed cannot be confirmed, or nothing was registered",
    async () => {
      const { page, open } = await start();
      for (const step of ["confirm", "done"]) {
        await open(`${listOf("standard")}/new/${step}`);
        await arrive(page, "利用者登録");
        await eventually(() => page.url()).toMatch(/\/new$/);
      }
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "outlive a reload, before which the browser asks",
    async () => {
      const { page } = await start();
      const asked = askedByBrowser(page);
      await fillIn(page);
      await page.reload();
      await arrive(page, "利用者登録");
      expect(asked).toEqual(["beforeunload"]);
      expect(await page.getByLabel("メールアドレス", { exact: true }).inputValue()).toBe(taro.メールアドレス);
      await page.getByText("入力の途中だった内容を表示しています。").waitFor();
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      await page.reload();
      await arrive(page, "利用者登録確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "register once when the answer to [決定] is not seen and it is pressed again after a reload",
    async () => {
      const { api, page } = await start();
      askedByBrowser(page);
      await fillIn(page);
      await press(page, "確認");
      api.wishes.break = "registerSubscriber";
      await press(page, "決定");
      await page.getByText("サーバーに接続できませんでした。").waitFor();
      api.wishes.break = undefined;
      await page.reload();
      await arrive(page, "利用者登録確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      const keys = api.seen.flatMap(({ name, key }) => (name === "registerSubscriber" ? [key] : []));
      // A browser repeats a request whose connection broke, so there may be more than two.
      expect(keys.length).toBeGreaterThan(1);
      expect(new Set(keys).size).toBe(1);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "end with who was registered, which a reload shows again; Back leads to an empty form",
    async () => {
      const { api, page } = await start();
      await fillIn(page);
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      await page.getByText("山田 太郎（yamada-taro@mytest.example）").waitFor();
      await page.reload();
      await arrive(page, "利用者登録完了");
      await page.getByText("山田 太郎（yamada-taro@mytest.example）").waitFor();
      await page.getByText("証明書発行済").waitFor();
      expect(api.rows).toHaveLength(1);
      await page.goBack();
      await arrive(page, "利用者登録");
      expect(await family(page).inputValue()).toBe("");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "begin again empty for another subscriber, and with the names kept for the same one",
    async () => {
      const { api, page } = await start();
      await fillIn(page);
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      await press(page, "同じ利用者に証明書を追加");
      await arrive(page, "利用者登録");
      expect(await page.getByLabel("氏名（姓）フリガナ", { exact: true }).inputValue()).toBe("ヤマダ");
      expect(await page.getByRole("checkbox", { name: "WindowsPC" }).isChecked()).toBe(false);
      await page.getByRole("checkbox", { name: "Android" }).check();
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      expect(api.rows.map(({ familyName, device }) => `${familyName} ${device}`)).toEqual(["山田 01", "山田 20"]);
      await press(page, "続けて登録");
      await arrive(page, "利用者登録");
      expect(await family(page).inputValue()).toBe("");
    },
    seconds,
  );
});

describe("input that is not saved", () => {
  itWith(
    chromiumProgram,
    "is left by the menu and by [クリア] only after a question",
    async () => {
      const { page } = await start();
      await fillIn(page);
      await fromMenu(page, "CSV処理状況");
      await page.getByRole("dialog").getByText("入力内容を破棄しますか？").waitFor();
      await press(page, "入力を続ける");
      expect(await family(page).inputValue()).toBe("山田");
      await press(page, "クリア");
      await press(page, "入力を続ける");
      expect(await family(page).inputValue()).toBe("山田");
      await page.getByRole("navigation").getByRole("link", { name: "CSV処理状況", exact: true }).click();
      await press(page, "破棄する");
      await arrive(page, "CSV処理状況");
      await page.goBack();
      await arrive(page, "利用者登録");
      expect(await family(page).inputValue()).toBe("");
      await family(page).fill("佐藤");
      await press(page, "クリア");
      await press(page, "破棄する");
      await eventually(() => family(page).inputValue()).toBe("");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is found again after Back to the list, without a question",
    async () => {
      const { page } = await start();
      await fillIn(page);
      await page.goBack();
      await arrive(page, "利用者のメンテナンス");
      // A list that is still being read has one button of this name, an empty one two.
      await page.getByRole("button", { name: "新規追加", exact: true }).first().click();
      await arrive(page, "利用者登録");
      expect(await family(page).inputValue()).toBe("山田");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is nothing to ask about while nothing was typed",
    async () => {
      const { page } = await start();
      const asked = askedByBrowser(page);
      await page.reload();
      await arrive(page, "利用者登録");
      await fromMenu(page, "CSV処理状況");
      await arrive(page, "CSV処理状況");
      expect(asked).toEqual([]);
    },
    seconds,
  );
});

describe("names that differ from the registered ones", () => {
  itWith(
    chromiumProgram,
    "lead back to the name that differs, which says both, until one of them changes",
    async () => {
      const { api, page } = await start();
      await fillIn(page);
      await press(page, "確認");
      const message = messageText("subscriberDiffers", "ja", { stored: "山田 次郎", given: "山田 太郎" });
      api.wishes.refuse.registerSubscriber = {
        type: "urn:warifu:problem:subscriberDiffers",
        title: "",
        status: 409,
        errors: [{ field: "givenName", code: "subscriberDiffers", message }],
      };
      await press(page, "決定");
      await arrive(page, "利用者登録");
      await page.locator("[data-field=givenName]").getByText(message, { exact: true }).waitFor();
      expect(await page.getByText("もう一度お試しください").count()).toBe(0);
      await page.getByLabel("氏名（名）", { exact: true }).fill("次郎");
      await page.getByText(message, { exact: true }).waitFor({ state: "detached" });
    },
    seconds,
  );
});

describe("what is typed in another width", () => {
  itWith(
    chromiumProgram,
    "is shown as it will be registered when its field is left: kana in full-width katakana, English in half-width letters",
    async () => {
      const { page } = await start();
      const field = (name: string) => page.getByLabel(name, { exact: true });
      for (const [name, typed, shown] of [
        ["氏名（姓）フリガナ", "やまだ", "ヤマダ"],
        ["氏名（名）フリガナ", "ﾀﾛｳ ", "タロウ"],
        ["氏名（姓）英語表記", "Ｙａｍａｄａ", "Yamada"],
        ["氏名（名）英語表記", "Ｏ’Brien", "Ｏ’Brien"],
      ] as const) {
        await field(name).fill(typed);
        expect(await field(name).inputValue()).toBe(typed);
        await field(name).blur();
        expect(await field(name).inputValue()).toBe(shown);
      }
      await page.getByText("例：ヤマダ（ひらがな・半角カナは全角カタカナに変換されます）").waitFor();
      await page.getByText(/全角英数字は半角に変換されます。O'Brien は OBrien と入力/).waitFor();
    },
    seconds,
  );
});

describe("the page of what was registered", () => {
  itWith(
    chromiumProgram,
    "calls the person by the English name to who reads English, as the window of a revocation does",
    async () => {
      const { page } = await start();
      await fillIn(page);
      await press(page, "確認");
      await press(page, "決定");
      await page.getByText("山田 太郎（yamada-taro@mytest.example）").waitFor();
      await press(page, "English");
      await page.getByText("Yamada Taro (yamada-taro@mytest.example)").waitFor();
      await press(page, "Close");
      await page.getByRole("checkbox", { name: "Select Yamada Taro (Windows PC)" }).check();
      await press(page, "Revoke");
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Yamada Taro").first().waitFor();
      expect(await dialog.getByText("山田").count()).toBe(0);
    },
    seconds,
  );
});
