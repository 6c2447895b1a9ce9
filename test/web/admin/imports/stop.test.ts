import { describe, expect } from "vitest";
import { itWith } from "../../../program.ts";
import { chromiumProgram } from "../browser.ts";
import { serviceIds } from "../fake-api.ts";
import { arrive, press } from "../page-actions.ts";
import { onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;
const rowTakes = 3_600_000;

describe("中止 on a file's page", () => {
  itWith(
    chromiumProgram,
    "asks once more, says what becomes of the rows, and then shows those that were not begun",
    async () => {
      const { api, page, open, shot } = await opened();
      const job = api.imports.add({
        serviceId: serviceIds.standard,
        fileName: "running.csv",
        state: "running",
        rows: 100,
        done: 40,
        // 40 rows ago, and none ends while the test runs.
        uploadedAt: Date.now() - 40 * rowTakes - api.imports.wishes.checkTakes,
      });
      api.imports.wishes.rowTakes = rowTakes;
      await open(`/imports/${job.jobId}`);
      await arrive(page, "CSV一括登録受付完了");
      await press(page, "中止");
      const question = page.getByRole("dialog", { name: "CSV処理の中止" });
      await question.getByText("「running.csv」の処理を中止しますか。").waitFor();
      await question.getByText("その分のライセンスは元に戻ります").waitFor();
      await shot("question");
      await question.getByRole("button", { name: "キャンセル" }).click();
      expect(job.stop).toBeUndefined();
      await press(page, "中止");
      await question.getByRole("button", { name: "中止する" }).click();
      await arrive(page, "CSV一括登録中止");
      await page.getByRole("status").getByText("ファイルの処理を中止しました。").waitFor();
      await page.getByRole("heading", { name: "中止のため処理しなかった行" }).waitFor();
      await page.getByText("中止した方").waitFor();
      await page.getByText("40 / 100 行、中止 60 行").waitFor();
      expect(await page.getByRole("button", { name: "中止", exact: true }).count()).toBe(0);
      await shot("stopped");
      await press(page, "English");
      await page.getByText("40 of 100 rows, 60 not begun").waitFor();
      await page.getByRole("heading", { name: "Rows not begun" }).waitFor();
    },
    seconds,
  );
});

async function opened() {
  const site = await begin();
  const { page } = site;
  const folder = process.env["PICTURES"];
  const shot = async (name: string) => {
    if (folder === undefined) return;
    for (const width of [1366, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: `${folder}/${name}-${width}.png` });
    }
    await page.setViewportSize({ width: 1366, height: 800 });
  };
  return { ...site, shot };
}
