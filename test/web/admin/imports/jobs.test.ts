import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { serviceIds } from "../fake-api.ts";
import { arrive, press } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

describe("CSV処理状況", () => {
  itWith(
    chromiumProgram,
    "lists the files, a page at a time, and refreshes itself while something runs",
    async () => {
      const { api, page, open } = await begin();
      for (let n = 0; n < 25; n += 1)
        api.imports.add({
          serviceId: serviceIds.standard,
          fileName: `file-${n}.csv`,
          endedAt: new Date().toISOString(),
        });
      const running = api.imports.add({
        serviceId: serviceIds.standard,
        fileName: "running.csv",
        state: "running",
        rows: 100,
        done: 40,
        failed: 2,
      });
      await open("/imports");
      await page.getByRole("progressbar", { name: "running.csv の進み具合" }).waitFor();
      expect(await page.getByText("42 / 100 行、失敗 2 行").count()).toBe(2);
      const table = page.getByRole("table", { name: "アップロードしたファイル" });
      expect(await table.getByRole("row").count()).toBe(21);
      Object.assign(running, { state: "done", done: 98, endedAt: new Date().toISOString() });
      await eventually(() => page.getByText("処理待ち・処理中の自社ファイルはありません。").count()).toBe(1);
      await table.getByText("100 / 100 行、失敗 2 行").waitFor();
      await page.getByRole("button", { name: "次のページ" }).click();
      await table.getByText("file-0.csv").waitFor();
      await table.getByRole("link", { name: "file-0.csv" }).click();
      await arrive(page, "CSV一括登録完了");
      await page.goBack();
      await arrive(page, "CSV処理状況");
      await table.getByRole("link", { name: "file-24.csv" }).click();
      await arrive(page, "CSV一括登録完了");
      // It was opened from here, so it closes to here, also after a reload.
      await page.reload();
      await press(page, "閉じる");
      await arrive(page, "CSV処理状況");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "shows within 15 seconds what a colleague begins, asks for nothing while the tab is hidden, and immediately when it is looked at",
    async () => {
      const { api, page, open } = await begin({ clock: true });
      const colleague = (fileName: string) =>
        api.imports.add({ serviceId: serviceIds.standard, fileName, state: "running", rows: 100, done: 40 });
      const turn = (state: "hidden" | "visible") =>
        page.evaluate(`Object.defineProperty(document, "visibilityState", { value: "${state}", configurable: true });
        document.dispatchEvent(new Event("visibilitychange"))`);
      const table = page.getByRole("table", { name: "アップロードしたファイル" });
      await open("/imports");
      await page.getByText("この画面を表示している間は、15秒以内の間隔で自動的に更新されます。").waitFor();
      await table.getByText("アップロードしたファイルはまだありません。").waitFor();
      const first = colleague("first.csv");
      await page.clock.runFor(15_000);
      await table.getByText("first.csv").waitFor();
      await page.getByRole("progressbar", { name: "first.csv の進み具合" }).waitFor();
      Object.assign(first, { state: "done", done: 100, endedAt: new Date().toISOString() });
      await page.clock.runFor(15_000);
      await table.getByText("完了").waitFor();
      await turn("hidden");
      const asked = api.seen.length;
      colleague("second.csv");
      await page.clock.runFor(120_000);
      expect(api.seen.length).toBe(asked);
      await turn("visible");
      await table.getByText("second.csv").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "tells who has no such file, and speaks English",
    async () => {
      const { api, page, open } = await begin({ language: "en" });
      await open("/imports/t0123456789-j000000000000");
      await page.getByText("This could not be found.").waitFor();
      api.imports.add({ serviceId: serviceIds.standard, fileName: "people.csv", endedAt: new Date().toISOString() });
      await open("/imports");
      await page.getByRole("link", { name: "people.csv" }).click();
      await arrive(page, "Register by CSV: finished");
      await page.getByText("Certificates issued: 3.").waitFor();
    },
    seconds,
  );
});
