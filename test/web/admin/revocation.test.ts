import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { dateText } from "../../../web/shared/moment.ts";
import { eventually, onAdminSite } from "./suite.ts";
import { listOf, press } from "./page-actions.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "./browser.ts";

const begin = onAdminSite();
const seconds = 60_000;

/** What is asked of a DOM element: the tests are compiled without the DOM's types. */
type Scrolled = {
  closest(selector: string): Scrolled | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
};

describe("revoking", () => {
  itWith(
    chromiumProgram,
    "shows the certificate, asks once more, sends one request and marks the row",
    async () => {
      const { api, page, open } = await begin();
      const { certificateId } = api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      for (const text of [
        "山田 太郎",
        "Yamada Taro",
        "5f3a9c0b7e2d41586a90c3b1d27e48f6",
        "WindowsPC",
        "元に戻せません",
      ])
        await dialog.getByText(text).waitFor();
      await dialog.getByRole("button", { name: /失効理由/ }).click();
      await page.getByRole("option", { name: /鍵の危殆化/ }).click();
      await press(page, "確認");
      await dialog.getByText("対象として選択した証明書は即座に失効します。").waitFor();
      expect(api.seen.some(({ name }) => name === "revokeCertificates")).toBe(false);
      api.wishes.delay = 300;
      await page.getByRole("button", { name: "OK", exact: true }).click({ clickCount: 2, delay: 20 });
      await dialog.getByText("証明書を失効しました。").waitFor();
      await press(page, "閉じる");
      await page
        .getByRole("row", { name: /山田 太郎/ })
        .getByText("証明書失効済")
        .waitFor();
      const sent = api.seen.filter(({ name }) => name === "revokeCertificates");
      expect(sent.map(({ body }) => body)).toEqual([{ certificateIds: [certificateId], reason: "keyCompromise" }]);
      expect(api.rows.find((row) => row.certificateId === certificateId)?.status).toBe("revoked");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "that is refused ends with the reason: nothing is asked again",
    async () => {
      const { api, page, open } = await begin();
      const { certificateId } = api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      await press(page, "確認");
      // Somebody else was faster.
      Object.assign(api.rows.find((row) => row.certificateId === certificateId) ?? {}, { status: "revoked" });
      await press(page, "OK");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("alert").getByText("すでに失効しているため、失効できません").waitFor();
      expect(await dialog.getByText("実行してもよろしいですか").count()).toBe(0);
      expect(await dialog.getByText("もう一度お試しください").count()).toBe(0);
      expect(await dialog.getByRole("button", { name: "OK", exact: true }).count()).toBe(0);
      await dialog.getByText("証明書失効済").waitFor();
      await press(page, "閉じる");
      await page
        .getByRole("row", { name: /山田 太郎/ })
        .getByText("証明書失効済")
        .waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "that got no answer can be sent again, as the same request",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      await press(page, "確認");
      api.wishes.break = "revokeCertificates";
      await press(page, "OK");
      const dialog = page.getByRole("dialog");
      await dialog.getByRole("alert").getByText("完了していない証明書だけをもう一度処理します。").waitFor();
      await dialog.getByText("実行してもよろしいですか").waitFor();
      api.wishes.break = undefined;
      await press(page, "OK");
      await dialog.getByText("証明書を失効しました。").waitFor();
      const sent = api.seen.filter(({ name }) => name === "revokeCertificates");
      // The browser repeats by itself what found its connection closed.
      expect(sent.length).toBeGreaterThanOrEqual(2);
      expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
    },
    seconds,
  );
});

/** `yyyy/mm/dd` in Japan, some days from now. */
const japaneseDay = (days: number) => dateText(new Date(Date.now() + days * 86_400_000).toISOString());

describe("revoking on a day", () => {
  itWith(
    chromiumProgram,
    "takes tomorrow to 30 days ahead in Japan, says what will happen when, and shows the day in the list",
    async () => {
      const { api, page, open } = await begin();
      const { certificateId } = api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      await dialog.getByRole("radio", { name: "日付を指定して、失効する" }).check();
      await dialog.getByText(`${japaneseDay(1)} から ${japaneseDay(30)} までの日付を指定できます。`).waitFor();
      const day = dialog.getByRole("textbox", { name: "失効する日" });
      await press(page, "確認");
      await dialog.getByText("入力してください。").waitFor();
      for (const [days, words] of [
        [0, "明日以降の日付"],
        [31, "本日から30日以内"],
      ] as const) {
        await day.fill(japaneseDay(days));
        await dialog.getByText(words).waitFor();
        await press(page, "確認");
        expect(await dialog.getByRole("button", { name: "OK", exact: true }).count()).toBe(0);
      }
      await day.fill(japaneseDay(30));
      await press(page, "確認");
      await dialog
        .getByText(`${japaneseDay(30)} の午前0時（日本時間）に失効します。実行してもよろしいですか？`)
        .waitFor();
      expect(await dialog.getByText("即座に").count()).toBe(0);
      await press(page, "OK");
      await dialog.getByText(`${japaneseDay(30)} の失効を受け付けました。`).waitFor();
      await press(page, "閉じる");
      const row = page.getByRole("row", { name: /山田 太郎/ });
      await row.getByText(`失効予定(${japaneseDay(30)})`).waitFor();
      await row.getByText("証明書発行済").waitFor();
      expect(api.seen.filter(({ name }) => name === "revokeCertificates").map(({ body }) => body)).toEqual([
        { certificateIds: [certificateId], reason: "unspecified", on: japaneseDay(30) },
      ]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is chosen from a calendar that opens no other day",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      await page.getByRole("radio", { name: "日付を指定して、失効する" }).check();
      await page.getByRole("button", { name: /日付を選択/ }).click();
      await page.getByRole("button", { name: "次の月" }).waitFor();
      const offered = new Set<string>();
      for (const month of [0, 1, 2]) {
        if (month > 0) await page.getByRole("button", { name: "次の月" }).click();
        const cells = page.locator('table[role="grid"] td:not([aria-disabled="true"])');
        for (const label of await cells.allInnerTexts()) {
          const [, y = "", m = "", d = ""] = /(\d{4})年(\d{1,2})月(\d{1,2})日/.exec(label) ?? [];
          // A cell before the first or after the last day of the month is empty.
          if (y === "") continue;
          offered.add([y, m.padStart(2, "0"), d.padStart(2, "0")].join("/"));
        }
      }
      expect([...offered].toSorted()).toEqual(Array.from({ length: 30 }, (_, n) => japaneseDay(n + 1)));
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "can be changed to another day, and cancelled",
    async () => {
      const { api, page, open } = await begin();
      const revokeOn = new Date(Date.parse(`${japaneseDay(5).replaceAll("/", "-")}T00:00:00+09:00`)).toISOString();
      api.add({ familyName: "山田", givenName: "太郎", revokeOn, revocationReason: "superseded" });
      await open(listOf("standard"));
      const row = page.getByRole("row", { name: /山田 太郎/ });
      await row.getByText(`失効予定(${japaneseDay(5)})`).waitFor();
      const choose = async () => {
        await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
        await press(page, "失効");
      };
      await choose();
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      const day = dialog.getByRole("textbox", { name: "失効する日" });
      await eventually(() => day.inputValue()).toBe(japaneseDay(5));
      await day.fill(japaneseDay(9));
      await press(page, "確認");
      await press(page, "OK");
      await press(page, "閉じる");
      await row.getByText(`失効予定(${japaneseDay(9)})`).waitFor();
      await choose();
      await dialog.getByRole("radio", { name: "失効予定を取り消す" }).check();
      await press(page, "確認");
      await dialog.getByText("対象として選択した証明書は失効しません。").waitFor();
      await press(page, "OK");
      await dialog.getByText("失効予定を取り消しました。").waitFor();
      await press(page, "閉じる");
      await eventually(() => row.getByText("失効予定").count()).toBe(0);
      const sent = api.seen.filter(({ name }) => /[rR]evo/.test(name));
      expect(sent.map(({ name }) => name)).toEqual(["revokeCertificates", "cancelRevocations"]);
      expect(sent[0]?.body).toMatchObject({ reason: "superseded", on: japaneseDay(9) });
      expect(new Set(sent.map(({ key }) => key)).size).toBe(2);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "says of a day that does not exist that it does not, and takes it as people write it",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      await dialog.getByRole("radio", { name: "日付を指定して、失効する" }).check();
      const day = dialog.getByRole("textbox", { name: "失効する日" });
      await press(page, "確認");
      await day.pressSequentially("2027/02/30");
      await dialog.getByText("存在しない日時です。").waitFor();
      expect(await day.inputValue()).toBe("2027/02/30");
      await day.fill("あした");
      await dialog.getByText("yyyy/mm/dd の形式で入力してください。").waitFor();
      const [year = "", month = "", date = ""] = japaneseDay(12).split("/");
      await day.fill(`${year}-${Number(month)}-${Number(date)}`);
      await press(page, "確認");
      await dialog
        .getByText(`${japaneseDay(12)} の午前0時（日本時間）に失効します。実行してもよろしいですか？`)
        .waitFor();
      await press(page, "OK");
      await dialog.getByText(`${japaneseDay(12)} の失効を受け付けました。`).waitFor();
      expect(api.seen.at(-1)?.body).toMatchObject({ on: japaneseDay(12) });
    },
    seconds,
  );
});

describe("revoking several", () => {
  itWith(
    chromiumProgram,
    "is one request, and shows how it went with each",
    async () => {
      const { api, page, open } = await begin();
      const made = [0, 1, 2].map((n) => api.add({ familyName: "利用者", givenName: `${n}` }));
      await open(listOf("standard"));
      for (const n of [0, 1, 2]) await page.getByRole("checkbox", { name: `利用者 ${n}（WindowsPC）を選択` }).check();
      await press(page, "失効");
      await press(page, "確認");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      api.wishes.refuseOf.set(made[0]?.certificateId ?? "", "changedMeanwhile");
      await press(page, "OK");
      await dialog.getByText("2件の証明書を失効しました。").waitFor();
      await dialog.getByText("3件のうち1件を処理できませんでした。").waitFor();
      const result = (n: number) => dialog.getByRole("row", { name: new RegExp(`利用者 ${n}`) });
      await result(0).getByText("ほかの操作によって状態が変わりました。").waitFor();
      for (const n of [1, 2]) await result(n).getByText("完了").waitFor();
      expect(await dialog.getByRole("button", { name: "OK", exact: true }).count()).toBe(0);
      const sent = api.seen.filter(({ name }) => name === "revokeCertificates");
      expect(sent.map(({ body }) => body)).toEqual([
        { certificateIds: made.map(({ certificateId }) => certificateId), reason: "unspecified" },
      ]);
      expect(api.rows.map(({ status }) => status)).toEqual(["issued", "revoked", "revoked"]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "shows name, device, mail and status first, and hides nothing to the right at 1280 pixels",
    async () => {
      const { api, page, open } = await begin({ viewport: { width: 1280, height: 800 } });
      const mail = "shiro.tokugawa-yoshinobu@shinbashi.tsurukame.example";
      for (const device of ["01", "11", "20"] as const)
        api.add({ familyName: "德川", givenName: "慶喜", device, primaryEmail: mail });
      await open(listOf("standard"));
      for (const device of ["WindowsPC", "iOS(iPhone)", "Android"])
        await page.getByRole("checkbox", { name: `德川 慶喜（${device}）を選択` }).check();
      await press(page, "失効");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      const table = dialog.getByRole("table");
      await table.waitFor();
      const hidden = () =>
        table.evaluate((element: unknown) => {
          const shown = element as Scrolled;
          const box = shown.closest('[class*="wrapper"]') ?? shown;
          return box.scrollWidth - box.clientWidth;
        });
      const headings = () => table.getByRole("columnheader").allInnerTexts();
      expect((await headings()).slice(0, 4)).toEqual([
        "利用者名",
        "デバイス種別",
        "証明書メールアドレス",
        "証明書ステータス",
      ]);
      expect(await hidden()).toBeLessThanOrEqual(0);
      await press(page, "確認");
      await press(page, "OK");
      await dialog.getByText("3件の証明書を失効しました。").waitFor();
      expect((await headings()).slice(0, 4)).toEqual(["利用者名", "デバイス種別", "結果", "証明書メールアドレス"]);
      expect(await hidden()).toBeLessThanOrEqual(0);
      for (const part of [mail, "Android", "コモンネーム・シリアルナンバー", "証明有効開始日・証明有効終了日"])
        expect(await table.getByText(part).first().isVisible()).toBe(true);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has nothing that axe finds, also on a phone",
    async () => {
      for (const viewport of [desktop, phone]) {
        const { api, page, open } = await begin({ viewport });
        for (const n of [0, 1]) api.add({ familyName: "利用者", givenName: `${n}` });
        await open(listOf("standard"));
        for (const n of [0, 1]) await page.getByRole("checkbox", { name: `利用者 ${n}（WindowsPC）を選択` }).check();
        await press(page, "失効");
        await page.getByRole("radio", { name: "日付を指定して、失効する" }).check();
        expect(await findings(page, `choose ${viewport.width}`)).toEqual([]);
        await page.getByRole("button", { name: /日付を選択/ }).click();
        await page.getByRole("button", { name: "次の月" }).waitFor();
        expect(await findings(page, `calendar ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        await page.getByRole("button", { name: "次の月" }).press("Escape");
        await eventually(() => page.getByRole("button", { name: "次の月" }).count()).toBe(0);
        await page.getByRole("textbox", { name: "失効する日" }).fill(japaneseDay(3));
        await press(page, "確認");
        expect(await findings(page, `confirm ${viewport.width}`)).toEqual([]);
        await press(page, "OK");
        await page.getByText("の失効を受け付けました。").waitFor();
        expect(await findings(page, `done ${viewport.width}`)).toEqual([]);
      }
    },
    seconds * 2,
  );
});
