import { describe, expect } from "vitest";
import { messageText } from "../../../lambdas/contract/messages.ts";
import { itWith } from "../../program.ts";
import { eventually, onAdminSite } from "./suite.ts";
import { arrive, fillIn, listOf, press, taro } from "./page-actions.ts";
import { chromiumProgram } from "./browser.ts";

const begin = onAdminSite();
const seconds = 60_000;

type Api = Awaited<ReturnType<typeof begin>>["api"];
const sent = (api: Api) => api.seen.filter(({ name }) => name === "registerSubscriber");
const keysOf = (api: Api) => [...new Set(sent(api).map(({ key }) => key))];
const problem = { type: "about:blank", title: "入力内容に誤りがあります", status: 400 };

describe("registering a subscriber", () => {
  itWith(
    chromiumProgram,
    "goes by input, confirmation and completion, where the status becomes 証明書発行済 by itself",
    async () => {
      const { api, page, open } = await begin();
      await open(listOf("standard"));
      await page.getByRole("button", { name: "新規追加", exact: true }).first().click();
      await arrive(page, "利用者登録");
      await fillIn(page, taro, ["WindowsPC", "iOS(iPhone)"]);
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      await eventually(() => page.getByText("ヤマダ", { exact: true }).count()).toBe(1);
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      await page.getByText("証明書発行中").first().waitFor();
      await page.getByText("利用者を登録し、証明書を発行しました。").waitFor();
      expect(await page.getByText("証明書発行済").count()).toBe(2);
      await page.getByText("証明書2枚で計4通").waitFor();
      expect(sent(api).map(({ body }) => body)).toEqual([
        {
          familyName: "山田",
          givenName: "太郎",
          familyNameKana: "ヤマダ",
          givenNameKana: "タロウ",
          familyNameEnglish: "Yamada",
          givenNameEnglish: "Taro",
          primaryEmail: "yamada-taro@mytest.example",
          devices: [{ device: "01" }, { device: "11" }],
        },
      ]);
      await press(page, "閉じる");
      await arrive(page, "利用者のメンテナンス");
      await eventually(() => page.getByRole("row", { name: /山田 太郎/ }).count()).toBe(2);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "says at the field what its rule is, when the field is left and at [確認]",
    async () => {
      const { page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await page.getByLabel("メールアドレス", { exact: true }).fill("yamada+taro@mytest.example");
      await page.getByLabel("氏名（姓）", { exact: true }).focus();
      await page.getByText("使用できるのは半角英数字と「.」「_」「-」、「@」1つです。").waitFor();
      expect(await page.getByText("入力してください。", { exact: true }).count()).toBe(0);
      await press(page, "確認");
      await eventually(() => page.getByText("入力してください。", { exact: true }).count()).toBe(6);
      await page.getByText("利用デバイスを1つ以上選択してください。").waitFor();
      await page.getByLabel("氏名（姓）", { exact: true }).and(page.locator(":focus")).waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "takes the click on [確認] that leaves a field with an error, slow or quick, and shows every error then",
    async () => {
      const { page, open } = await begin();
      for (const delay of [0, 300]) {
        await open(`${listOf("standard")}/new`);
        await page.reload();
        await page.getByLabel("メールアドレス", { exact: true }).fill("yamada+taro@mytest.example");
        const button = page.getByRole("button", { name: "確認", exact: true });
        const before = await button.boundingBox();
        await button.click({ delay });
        await eventually(() => page.getByText("入力してください。", { exact: true }).count()).toBe(6);
        await page.getByText("使用できるのは半角英数字と「.」「_」「-」、「@」1つです。").waitFor();
        await page.getByText("利用デバイスを1つ以上選択してください。").waitFor();
        // The error at the field takes a line of its own: the button did not stand still because nothing was shown.
        expect((await button.boundingBox())?.y).not.toBe(before?.y);
      }
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "says what is wrong with a field that is left for another by the mouse",
    async () => {
      const { page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await page.getByLabel("メールアドレス", { exact: true }).fill("yamada+taro@mytest.example");
      await page.getByLabel("氏名（姓）", { exact: true }).click();
      await page.getByText("使用できるのは半角英数字と「.」「_」「-」、「@」1つです。").waitFor();
      expect(await page.getByText("入力してください。", { exact: true }).count()).toBe(0);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "keeps [決定] in view at 800 px",
    async () => {
      const { page, open } = await begin({ viewport: { width: 1280, height: 800 } });
      await open(`${listOf("standard")}/new`);
      await fillIn(page, taro, ["WindowsPC", "iOS(iPhone)", "iOS(iPad)", "Android", "その他"]);
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      await page.getByText("WindowsPC、iOS(iPhone)、iOS(iPad)、その他、Android", { exact: true }).waitFor();
      const box = await page.getByRole("button", { name: "決定", exact: true }).boundingBox();
      expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(800);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "asks for the end of validity only where the service has a period",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("period")}/new`);
      await fillIn(page);
      await press(page, "確認");
      await page.getByText("証明書有効期限(To)を入力してください。").waitFor();
      await page.getByLabel("WindowsPC 証明書有効期限(To)").fill("2030/3/31 10:00");
      await page.getByText("yyyy/mm/dd の形式で入力してください。").waitFor();
      await page.getByLabel("WindowsPC 証明書有効期限(To)").fill("2030/3/31");
      await press(page, "確認");
      await arrive(page, "利用者登録確認");
      await page.getByText("発行日時", { exact: true }).waitFor();
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      expect(sent(api)[0]?.body).toMatchObject({ devices: [{ device: "01", to: "2030/3/31" }] });
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "shows the server's refusals at their fields and keeps what was typed",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("period")}/new`);
      await fillIn(page, taro, ["WindowsPC", "Android"]);
      await page.getByLabel("WindowsPC 証明書有効期限(To)").fill("2030/3/31");
      await page.getByLabel("Android 証明書有効期限(To)").fill("2099/3/31");
      await press(page, "確認");
      api.wishes.refuse.registerSubscriber = {
        ...problem,
        errors: [
          { field: "familyNameKana", code: "kana", message: "登録済みのフリガナ「ヤマダ」と異なります。" },
          {
            field: "devices.1.to",
            code: "toBeyondAuthority",
            message: "証明書有効期限(To)が認証局の有効期限を超えています。",
          },
        ],
      };
      await press(page, "決定");
      await arrive(page, "利用者登録");
      const kana = page.locator("[data-field=familyNameKana]");
      await kana.getByText("登録済みのフリガナ「ヤマダ」と異なります。").waitFor();
      await page.getByText("証明書有効期限(To)が認証局の有効期限を超えています。").waitFor();
      expect(await page.getByLabel("Android 証明書有効期限(To)").getAttribute("aria-invalid")).toBe("true");
      expect(await page.getByLabel("WindowsPC 証明書有効期限(To)").getAttribute("aria-invalid")).not.toBe("true");
      expect(await page.getByLabel("氏名（姓）", { exact: true }).inputValue()).toBe("山田");

      await page.getByLabel("氏名（姓）フリガナ", { exact: true }).fill("ヤマタ");
      await page.getByLabel("Android 証明書有効期限(To)").fill("2030/3/31");
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      expect(keysOf(api)).toHaveLength(2);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "says at [確認] what is wrong with a validity, before anything is sent",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("period")}/new`);
      await fillIn(page, taro, ["WindowsPC", "Android"]);
      await page.getByLabel("WindowsPC 証明書有効期限(From)").fill("2020/1/1");
      await page.getByLabel("WindowsPC 証明書有効期限(To)").fill("2030.03.31");
      await page.getByLabel("Android 証明書有効期限(From)").fill("2030/2/30");
      await page.getByLabel("Android 証明書有効期限(To)").fill("2020/1/1");
      await press(page, "確認");
      for (const code of ["fromPast", "dateOnly", "momentUnknown", "toBeforeFrom"] as const)
        await page.getByText(messageText(code, "ja"), { exact: true }).waitFor();
      await page.getByLabel("WindowsPC 証明書有効期限(From)").and(page.locator(":focus")).waitFor();
      expect(sent(api)).toEqual([]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "shows every device that is taken at the device, until it is no longer chosen or the address changes",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await fillIn(page, taro, ["WindowsPC", "iOS(iPhone)", "Android"]);
      const email = taro.メールアドレス;
      const message = (device: string) => messageText("slotTaken", "ja", { email, device });
      const taken = (field: string, device: string) => ({ field, code: "slotTaken", message: message(device) });
      const errors = [taken("devices.1", "11"), taken("devices.2", "20")];
      const type = "urn:warifu:problem:slotTaken";
      const refuse = async () => {
        await press(page, "確認");
        api.wishes.refuse.registerSubscriber = { type, title: message("11"), status: 409, errors };
        await press(page, "決定");
        await arrive(page, "利用者登録");
        for (const device of ["11", "20"]) await page.getByText(message(device), { exact: true }).waitFor();
      };
      await refuse();
      await page.getByRole("checkbox", { name: "iOS(iPhone)" }).and(page.locator(":focus")).waitFor();
      await page.getByRole("checkbox", { name: "iOS(iPhone)" }).uncheck();
      await page.getByText(message("11"), { exact: true }).waitFor({ state: "detached" });
      await page.getByText(message("20"), { exact: true }).waitFor();
      await page.getByRole("checkbox", { name: "iOS(iPhone)" }).check();
      await refuse();
      await page.getByLabel("メールアドレス", { exact: true }).fill("yamada-2@mytest.example");
      await page.getByText(message("11"), { exact: true }).waitFor({ state: "detached" });
      await page.getByText(message("20"), { exact: true }).waitFor({ state: "detached" });
      await press(page, "確認");
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "tells a refusal that belongs to no field above the confirmation",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await fillIn(page);
      await press(page, "確認");
      const detail = "ライセンス数100を超えるため登録できません。";
      api.wishes.refuse.registerSubscriber = { type: "about:blank", title: "ライセンス不足", status: 409, detail };
      await press(page, "決定");
      await page.getByRole("alert").getByText(detail).waitFor();
      await arrive(page, "利用者登録確認");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "tells that the service no longer allows it, and does not blame the certificate",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await fillIn(page);
      await press(page, "確認");
      const title = messageText("issuingNotAllowed", "ja", {});
      const type = "urn:warifu:problem:issuingNotAllowed";
      api.wishes.refuse.registerSubscriber = { type, title, status: 403 };
      await press(page, "決定");
      await page.getByRole("alert").getByText(title).waitFor();
      expect(await page.getByText("この管理者用証明書では操作できません。").count()).toBe(0);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "sends one request however often [決定] is clicked",
    async () => {
      const { api, page, open } = await begin();
      api.wishes.delay = 400;
      await open(`${listOf("standard")}/new`);
      await fillIn(page);
      await press(page, "確認");
      await page.getByRole("button", { name: "決定", exact: true }).click({ clickCount: 3, delay: 20 });
      await arrive(page, "利用者登録完了");
      expect(sent(api)).toHaveLength(1);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "repeats the same input under the same key after the connection broke, and changed input under another",
    async () => {
      const { api, page, open } = await begin();
      await open(`${listOf("standard")}/new`);
      await fillIn(page);
      await press(page, "確認");
      api.wishes.break = "registerSubscriber";
      await press(page, "決定");
      await page.getByText("サーバーに接続できませんでした。").waitFor();
      await press(page, "戻る");
      await press(page, "確認");
      await press(page, "決定");
      await page.getByText("サーバーに接続できませんでした。").waitFor();
      expect(keysOf(api)).toHaveLength(1);

      await press(page, "戻る");
      await page.getByRole("checkbox", { name: "Android" }).check();
      await press(page, "確認");
      api.wishes.break = undefined;
      await press(page, "決定");
      await arrive(page, "利用者登録完了");
      expect(keysOf(api)).toHaveLength(2);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "can be done by keyboard alone",
    async () => {
      const { api, page, open } = await begin();
      await open(listOf("standard"));
      await page.getByRole("button", { name: "新規追加", exact: true }).first().waitFor();
      const focused = () =>
        page.evaluate("document.activeElement?.textContent || document.activeElement?.getAttribute('aria-label')");
      for (let presses = 0; (await focused()) !== "新規追加" && presses < 40; presses += 1)
        await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await arrive(page, "利用者登録");
      await page.getByLabel("氏名（姓）", { exact: true }).waitFor();
      // The heading has the focus, so the first field is the next stop.
      for (const value of Object.values(taro)) {
        await page.keyboard.press("Tab");
        await page.keyboard.insertText(value);
      }
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space");
      for (let presses = 0; (await focused()) !== "確認" && presses < 10; presses += 1)
        await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await arrive(page, "利用者登録確認");
      for (let presses = 0; (await focused()) !== "決定" && presses < 10; presses += 1)
        await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await arrive(page, "利用者登録完了");
      expect(sent(api)[0]?.body).toMatchObject({ familyName: "山田", devices: [{ device: "01" }] });
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is not offered where the service does not allow issuing",
    async () => {
      const { page, open } = await begin();
      await open(listOf("closed"));
      await page.getByText("このサービスでは、管理画面からの新規発行が許可されていません。").waitFor();
      expect(await page.getByRole("button", { name: "新規追加" }).count()).toBe(0);
      await open(`${listOf("closed")}/new`);
      await page.getByText("新規発行が許可されていません").waitFor();
      expect(await page.getByLabel("氏名（姓）", { exact: true }).count()).toBe(0);
    },
    seconds,
  );
});
