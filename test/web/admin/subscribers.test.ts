import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { eventually, onAdminSite } from "./suite.ts";
import { arrive, fromMenu, listOf, press } from "./page-actions.ts";
import { chromiumProgram, findings, phone } from "./browser.ts";

const begin = onAdminSite();
const seconds = 60_000;
type Visit = Awaited<ReturnType<typeof begin>>;

const names = ({ page }: Visit): Promise<string[]> => page.locator("tbody tr th").allInnerTexts();
const crowd = ({ api }: Visit, count: number) => {
  for (let n = 0; n < count; n += 1)
    api.add({
      familyName: "利用者",
      givenName: String(n).padStart(3, "0"),
      primaryEmail: `user${String(count - n).padStart(3, "0")}@mytest.example`,
    });
};

describe("the list of subscribers", () => {
  itWith(
    chromiumProgram,
    "shows 50 a page and turns pages by the server's cursor, forth and back",
    async () => {
      const visit = await begin();
      const { api, page, open } = visit;
      crowd(visit, 120);
      await open(listOf("standard"));
      await eventually(() => names(visit)).toHaveLength(50);
      await press(page, "次のページ");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 050");
      await press(page, "次のページ");
      await eventually(() => names(visit)).toHaveLength(20);
      expect(await page.getByRole("button", { name: "次のページ" }).isEnabled()).toBe(false);
      await press(page, "前のページ");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 050");
      expect(new Set(api.seen.map(({ name }) => name))).not.toContain("getCertificate");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is sorted by the server, from its first page",
    async () => {
      const visit = await begin();
      const { page, open } = visit;
      crowd(visit, 120);
      await open(listOf("standard"));
      await eventually(async () => (await names(visit))[0]).toBe("利用者 000");
      await press(page, "次のページ");
      await page.getByRole("button", { name: "メールアドレスで並べ替え", exact: true }).press("Enter");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 119");
      await page.getByRole("button", { name: "メールアドレス、昇順で並べ替え済み", exact: true }).press("Enter");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 000");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is found again as it was left after a visit to the registration",
    async () => {
      const visit = await begin();
      const { page, open } = visit;
      crowd(visit, 120);
      await open(listOf("standard"));
      await page.getByRole("button", { name: "メールアドレスで並べ替え", exact: true }).press("Enter");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 119");
      await press(page, "次のページ");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 069");
      await press(page, "新規追加");
      await arrive(page, "利用者登録");
      await page.getByRole("link", { name: "本社", exact: true }).click();
      await eventually(async () => (await names(visit))[0]).toBe("利用者 069");
      await press(page, "前のページ");
      await eventually(async () => (await names(visit))[0]).toBe("利用者 119");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "begins again where the page that was left is gone",
    async () => {
      const visit = await begin();
      const { api, page, open } = visit;
      crowd(visit, 60);
      await open(listOf("standard"));
      await eventually(() => names(visit)).toHaveLength(50);
      await press(page, "次のページ");
      await eventually(() => names(visit)).toHaveLength(10);
      await press(page, "新規追加");
      await arrive(page, "利用者登録");
      api.rows.splice(50);
      await page.getByRole("link", { name: "本社", exact: true }).click();
      await eventually(() => names(visit)).toHaveLength(50);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "tells one person's devices apart on a phone without scrolling sideways",
    async () => {
      const { api, page, open } = await begin({ viewport: phone });
      for (const device of ["01", "11"] as const) api.add({ familyName: "山田", givenName: "太郎", device });
      await open(listOf("standard"));
      for (const device of ["WindowsPC", "iOS(iPhone)"]) {
        const box = await page.getByRole("row").getByText(device, { exact: true }).boundingBox();
        expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThan(phone.width);
      }
      await page.getByRole("checkbox", { name: "山田 太郎（iOS(iPhone)）を選択" }).check();
      await page.getByText("1 件を選択中（このページ 1 件）").waitFor();
    },
    seconds,
  );

  for (const [language, status] of [
    ["ja", "証明書ダウンロード済"],
    ["en", "Downloaded"],
  ] as const)
    itWith(
      chromiumProgram,
      `fits a window of 1280 and 1024 px (${language})`,
      async () => {
        const { api, page, open } = await begin({ language });
        api.add({
          familyName: "佐藤",
          givenName: "花子",
          primaryEmail: "sato-hanako-of-sales@department.mytest.example",
          status: "downloaded",
          device: "11",
        });
        for (const width of [1280, 1024]) {
          await page.setViewportSize({ width, height: 800 });
          await open(listOf("standard"));
          await page.getByText(status).waitFor();
          // The frame around the table scrolls when the table is wider.
          await eventually(() =>
            page.evaluate(`[...document.querySelectorAll("table")].map(({ parentElement: frame }) =>
              frame.scrollWidth > frame.clientWidth)`),
          ).not.toContain(true);
        }
      },
      seconds,
    );

  itWith(
    chromiumProgram,
    "keeps the selection, its head in its place and the menu in reach as the window becomes narrow and wide again",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      for (const width of [700, 640, 700, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).waitFor();
        // The layout follows the window; until then a part may be gone for a moment.
        await eventually(async () => {
          const pages = await page.getByRole("button", { name: "次のページ" }).boundingBox();
          const head = await page.getByRole("columnheader", { name: "利用者名" }).last().boundingBox();
          return (head?.y ?? -Infinity) - ((pages?.y ?? Infinity) + (pages?.height ?? 0));
        }).toBeGreaterThan(0);
        const button = await page.getByRole("button", { name: "新規追加", exact: true }).first().boundingBox();
        expect((button?.x ?? Infinity) + (button?.width ?? 0)).toBeLessThan(width);
        expect(await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).isChecked()).toBe(true);
      }
      await page.setViewportSize({ width: 1440, height: 900 });
      const menu = page.getByRole("group", { name: "サービス情報メンテナンス" });
      await menu.getByRole("link", { name: "利用者メンテナンス", exact: true }).waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "refreshes rows by itself while they are being issued, keeping the selection, and then is still",
    async () => {
      const { api, page, open } = await begin({ clock: true });
      api.wishes.issuanceTakes = 60_000_000;
      const row = api.add({ familyName: "山田", givenName: "太郎", status: "issuing" });
      await open(listOf("standard"));
      await page.getByText("証明書発行中").waitFor();
      const tick = page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" });
      await tick.check();
      row.status = "issued";
      await page.clock.runFor(2000);
      await page.getByText("証明書発行済").waitFor();
      expect(await tick.isChecked()).toBe(true);
      const asked = api.seen.length;
      await page.clock.runFor(120_000);
      expect(api.seen.length).toBe(asked);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "asks for nothing while the tab is hidden, and at once again when it is looked at",
    async () => {
      const { api, page, open } = await begin({ clock: true });
      api.wishes.issuanceTakes = 60_000_000;
      api.add({ familyName: "山田", givenName: "太郎", status: "issuing" });
      await open(listOf("standard"));
      await page.getByText("証明書発行中").waitFor();
      const turn = (state: "hidden" | "visible") =>
        page.evaluate(`Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`);
      await turn("hidden");
      const asked = api.seen.length;
      await page.clock.runFor(120_000);
      expect(api.seen.length).toBe(asked);
      await turn("visible");
      await eventually(() => api.seen.length).toBeGreaterThan(asked);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "shows a failed issuance as 証明書発行中 with its badge and its reason",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎", status: "failed", error: "署名サービスが応答しませんでした。" });
      api.add({ familyName: "佐藤", givenName: "花子", status: "issued", notAfter: "2020-01-01T00:00:00Z" });
      await open(listOf("standard"));
      const row = page.getByRole("row", { name: /山田 太郎/ });
      await row.getByText("証明書発行中").waitFor();
      await row.getByText("発行エラー").waitFor();
      await row.getByText("署名サービスが応答しませんでした。").waitFor();
      await page
        .getByRole("row", { name: /佐藤 花子/ })
        .getByText("期限切れ")
        .waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "gives dates in Japan's time, whatever the computer's",
    async () => {
      const { api, page, open } = await begin({ viewport: { width: 1366, height: 768 } });
      api.add({
        familyName: "山田",
        givenName: "太郎",
        notBefore: "2026-12-31T15:00:00Z",
        notAfter: "2027-12-31T14:59:59Z",
      });
      await open(listOf("standard"));
      await page.getByText("2027/01/01").waitFor();
      await page.getByText("2027/12/31").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "says in plain words what to do when it cannot be read, and reads it again",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      api.wishes.break = "listCertificates";
      await open(listOf("standard"));
      await page.getByText("ネットワークの接続を確認してから、もう一度お試しください。").waitFor();
      api.wishes.break = undefined;
      await press(page, "もう一度読み込む");
      await page.getByText("山田 太郎").waitFor();
      expect(await page.getByText("サーバーに接続できませんでした。").count()).toBe(0);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is found by the menu, the service and the organization",
    async () => {
      const { page, open } = await begin();
      await open("/");
      await fromMenu(page, "利用者メンテナンス");
      await page.getByRole("button", { name: /以下のサービスを選択しています/ }).click();
      await page.getByRole("option", { name: "期間指定サービス" }).click();
      await page.getByRole("link", { name: "本社" }).click();
      await page.getByText("サービス：期間指定サービス　組織：本社").waitFor();
      await page.getByText("利用者がまだ登録されていません。").waitFor();
    },
    seconds,
  );
});

describe("the frame", () => {
  itWith(
    chromiumProgram,
    "names the brand, the company and who is signed in",
    async () => {
      const { page, open } = await begin();
      await open("/");
      await page.getByText("Warifu システム管理画面").waitFor();
      await page.getByText("管理 花子 様 ログイン中").waitFor();
      expect(await page.title()).toBe("ようこそ - Warifu システム管理画面");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "keeps the chosen language for the next visit",
    async () => {
      const { page, open } = await begin();
      await open("/");
      await press(page, "English");
      await page.getByRole("heading", { name: "Welcome" }).waitFor();
      await page.reload();
      await page.getByRole("heading", { name: "Welcome" }).waitFor();
      expect(await page.evaluate("document.documentElement.lang")).toBe("en");
      await page.getByText("Reiwa Certificate Service", { exact: true }).waitFor();
      await page.getByText("Signed in as Kanri Hanako", { exact: true }).waitFor();
      await page.getByText("Kanri Hanako, Reiwa Certificate Service", { exact: true }).waitFor();
      await open(`${listOf("standard")}/new`);
      await page.getByRole("heading", { name: "Register a subscriber" }).waitFor();
      expect(await page.locator("main").innerText()).toContain("Reiwa Certificate Service");
      expect(await page.locator("body").innerText()).not.toMatch(/令和|管理 花子/);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "tells an administrator whose certificate is not accepted what to do",
    async () => {
      const { api, page, open } = await begin();
      api.wishes.refuse.getSession = { type: "about:blank", title: "Forbidden", status: 403 };
      await open("/");
      await page.getByText("この管理者用証明書では操作できません。").waitFor();
      expect(await page.title()).toBe("ログインできません - システム管理画面");
      expect(await findings(page, "refused")).toEqual([]);
      await press(page, "English");
      await page.getByText("This administrator certificate is not accepted.").waitFor();
      expect(await page.title()).toBe("You cannot sign in - Administration");
    },
    seconds,
  );
});
