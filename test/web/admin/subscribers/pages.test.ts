import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { listOf, press } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 90_000;
type Visit = Awaited<ReturnType<typeof begin>>;

const names = ({ page }: Visit): Promise<string[]> => page.locator("tbody tr th").allInnerTexts();
const crowd = ({ api }: Visit, count: number) => {
  for (let n = 0; n < count; n += 1)
    api.add({
      familyName: "利用者",
      givenName: String(n).padStart(3, "0"),
      primaryEmail: `${"abcdefghij"[n % 10]}${String(n).padStart(3, "0")}@mytest.example`,
    });
};
const opened = async (count: number, viewport?: { width: number; height: number }) => {
  const visit = await begin(viewport ? { viewport } : {});
  crowd(visit, count);
  await visit.open(listOf("standard"));
  await eventually(async () => (await names(visit)).length).toBeGreaterThan(0);
  return visit;
};
const begins = (visit: Visit, with_: string) => eventually(async () => (await names(visit))[0]).toBe(with_);

describe("the pages of a list", () => {
  itWith(
    chromiumProgram,
    "say how many rows there are and which these are, and lead to both ends",
    async () => {
      const visit = await opened(120);
      const { page } = visit;
      await page.getByText("1～50 / 120 件").waitFor();
      await press(page, "最後のページ");
      await begins(visit, "利用者 070");
      await page.getByText("71～120 / 120 件").waitFor();
      expect(await page.getByRole("button", { name: "次のページ" }).isEnabled()).toBe(false);
      await press(page, "前のページ");
      await begins(visit, "利用者 020");
      await page.getByText("21～70 / 120 件").waitFor();
      await press(page, "前のページ");
      // What is before it is less than a page: the list is shown from its beginning.
      await begins(visit, "利用者 000");
      await eventually(() => names(visit)).toHaveLength(50);
      await press(page, "次のページ");
      await begins(visit, "利用者 050");
      await press(page, "最初のページ");
      await begins(visit, "利用者 000");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "stand in the address: Back, a reload and a colleague's browser show the same rows in the same order",
    async () => {
      const visit = await opened(120);
      const { page } = visit;
      await page.getByRole("button", { name: "メールアドレスで並べ替え", exact: true }).press("Enter");
      await begins(visit, "利用者 000");
      await press(page, "100件ずつ");
      await eventually(() => names(visit)).toHaveLength(100);
      await press(page, "次のページ");
      await eventually(() => names(visit)).toHaveLength(20);
      const [shown] = await names(visit);
      await page.reload();
      await begins(visit, shown ?? "");
      await page.getByText("101～120 / 120 件").waitFor();
      const colleague = await page.context().newPage();
      await colleague.goto(page.url());
      await eventually(() => colleague.locator("tbody tr th").first().innerText()).toBe(shown ?? "");
      await page.goBack();
      await begins(visit, "利用者 000");
      await eventually(() => names(visit)).toHaveLength(100);
      await page.goBack();
      await eventually(() => names(visit)).toHaveLength(50);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "begin where a letter, a status or a month of the present order begins, by one stop of the keyboard",
    async () => {
      const visit = await opened(120);
      const { page, api } = visit;
      const failed = api.rows[60];
      if (failed) Object.assign(failed, { status: "failed", error: "署名サービスが応答しませんでした。" });
      await page.getByRole("button", { name: "メールアドレスで並べ替え", exact: true }).press("Enter");
      await page.getByRole("button", { name: "「e」へ移動" }).click();
      await begins(visit, "利用者 004");
      await page.getByText("全 120 件").waitFor();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      await begins(visit, "利用者 005");
      await page.getByRole("button", { name: "「z」へ移動" }).click();
      await page.getByText("71～120 / 120 件").waitFor();
      await page.getByRole("button", { name: /^証明書ステータス.*並べ替え$/ }).press("Enter");
      await page.getByRole("button", { name: "「発行エラー」へ移動" }).click();
      await begins(visit, "利用者 060");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "show the first one in place of one that an address names wrongly",
    async () => {
      const visit = await opened(60);
      await visit.open(`${listOf("standard")}?after=garbage`);
      await begins(visit, "利用者 000");
      await eventually(() => visit.page.url()).not.toContain("garbage");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "show ten people on a laptop of 1366 × 768 below the browser's own bars, one line a row",
    async () => {
      const { page } = await opened(60, { width: 1366, height: 657 });
      const rows = await page.evaluate<{ bottom: number; height: number }[]>(
        `[...document.querySelectorAll("tbody tr")].map((row) => row.getBoundingClientRect().toJSON())`,
      );
      expect(rows.filter(({ bottom }) => bottom <= 657).length).toBeGreaterThanOrEqual(10);
      expect(Math.max(...rows.map(({ height }) => height))).toBeLessThan(40);
    },
    seconds,
  );
});

describe("the selection", () => {
  itWith(
    chromiumProgram,
    "outlives paging, and is counted, cleared and taken by the page",
    async () => {
      const visit = await opened(120);
      const { page } = visit;
      const tick = (n: string) => page.getByRole("checkbox", { name: `利用者 ${n}（WindowsPC）を選択` });
      await tick("001").check();
      await tick("002").check();
      await press(page, "次のページ");
      await begins(visit, "利用者 050");
      await tick("051").check();
      await page.getByText("3 件を選択中（このページ 1 件）").waitFor();
      await press(page, "前のページ");
      await begins(visit, "利用者 000");
      expect(await tick("001").isChecked()).toBe(true);
      await tick("001").uncheck();
      await page.getByText("2 件を選択中（このページ 1 件）").waitFor();
      await page.getByRole("checkbox", { name: "このページの利用者をすべて選択" }).press("Space");
      await page.getByText("51 件を選択中（このページ 50 件）").waitFor();
      await press(page, "新規追加");
      await page.goBack();
      await page.getByText("51 件を選択中（このページ 50 件）").waitFor();
      await press(page, "選択を解除");
      await page.getByText("件を選択中").waitFor({ state: "detached" });
      expect(await tick("002").isChecked()).toBe(false);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is asked for where there is none, and names what an action leaves out before it",
    async () => {
      const { api, page, open } = await begin();
      api.wishes.issuanceTakes = 6_000_000;
      for (const [n, status] of (["issued", "issuing", "revoked", "failed"] as const).entries())
        api.add({ familyName: "利用者", givenName: `${n}`, status });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "利用者 0（WindowsPC）を選択" }).waitFor();
      await press(page, "失効");
      await page.getByText("失効する証明書を、一覧で選択してください。").waitFor();
      await page.getByRole("checkbox", { name: "このページの利用者をすべて選択" }).press("Space");
      await press(page, "失効");
      const question = page.getByRole("dialog", { name: "失効の対象外の証明書" });
      await question.getByText("利用者 1（WindowsPC）：発行中です。").waitFor();
      await question.getByText("利用者 2（WindowsPC）：すでに失効しています。").waitFor();
      await question.getByText("利用者 3（WindowsPC）：発行エラーのため").waitFor();
      await press(page, "残りの 1 件で続ける");
      const dialog = page.getByRole("dialog", { name: "利用者証明書一括失効" });
      await dialog.getByText("利用者 0").waitFor();
      expect(await dialog.getByText("利用者 2").count()).toBe(0);
      await dialog.getByRole("button", { name: "キャンセル" }).click();
      await page.getByRole("checkbox", { name: "利用者 0（WindowsPC）を選択" }).uncheck();
      await press(page, "失効");
      await question.getByText("選択した 3 件は、いずれも対象になりません。").waitFor();
      expect(await question.getByRole("button", { name: /続ける/ }).count()).toBe(0);
    },
    seconds,
  );
});
