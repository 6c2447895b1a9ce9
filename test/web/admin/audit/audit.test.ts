import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import type { AuditAction, AuditLineView } from "../../../../lambdas/contract/audit.ts";
import { picture } from "../../../picture.ts";
import { itWith } from "../../../program.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "../browser.ts";
import { arrive, press } from "../page-actions.ts";
import { eventually, onAdminSite } from "../suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

const line = (action: AuditAction, more: Partial<AuditLineView> = {}): AuditLineView => ({
  at: "2026-12-01T03:04:05.678Z",
  action,
  actor: { kind: "administrator", name: "管理 花子", address: "192.0.2.1" },
  subject: { id: "t0123456789-c000000000000", name: "山田 太郎", mail: "yamada-taro@mytest.example" },
  facts: {},
  changes: [],
  ...more,
});
const lines = [
  line("certificate.revoke", { facts: { reason: "keyCompromise" } }),
  line("subscriber.register", { facts: { certificates: "t0123456789-c000000000000 t0123456789-c000000000001" } }),
  line("service.update", {
    actor: { kind: "operator", name: "arn:aws:sts::123456789012:assumed-role/Operator/sato", requestId: "r-1" },
    subject: { id: "t0123456789-s000000000000", name: "=標準サービス" },
    changes: [{ field: "licences", from: "10", to: "60" }],
  }),
  line("certificate.download", { actor: { kind: "holder", address: "198.51.100.7" } }),
];

const opened = async (address = "/audit", viewport = desktop) => {
  const visit = await begin({ viewport });
  visit.api.lines.push(...lines);
  await visit.open(address);
  await arrive(visit.page, "操作履歴");
  return visit;
};
const acts = (page: Page) =>
  eventually(async () =>
    (await page.getByRole("table", { name: "操作の一覧" }).getByRole("row").allInnerTexts())
      .slice(1)
      .map((row) => row.split("\t")[1]?.trim()),
  );

describe("操作履歴", () => {
  itWith(
    chromiumProgram,
    "says who did what when, from where, to whom, and what was changed; older acts on demand",
    async () => {
      const { page } = await opened();
      await acts(page).toEqual(["証明書の失効", "利用者の登録", "サービスの変更"]);
      for (const text of [
        "2026/12/01 12:04",
        "管理者 管理 花子 192.0.2.1",
        "山田 太郎 yamada-taro@mytest.example",
        "証明書：2 枚",
        "理由：鍵の危殆化",
        "ライセンス数：10 → 60",
      ])
        await page.getByText(text).first().waitFor();
      await picture(page, "admin-audit");
      await press(page, "さらに古い操作を表示");
      await acts(page).toEqual(["証明書の失効", "利用者の登録", "サービスの変更", "証明書のダウンロード"]);
      await page.getByText("これですべてです。").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is filtered by what stands in the address, and saved whole as a CSV that no spreadsheet runs",
    async () => {
      const { api, page } = await opened();
      await page.getByRole("checkbox", { name: "契約・設定" }).check();
      await page.getByRole("checkbox", { name: "ダウンロード・パスワードの表示" }).check();
      await press(page, "検索実行");
      await acts(page).toEqual(["サービスの変更", "証明書のダウンロード"]);
      await page.reload();
      await acts(page).toEqual(["サービスの変更", "証明書のダウンロード"]);
      const [download] = await Promise.all([page.waitForEvent("download"), press(page, "CSVで保存")]);
      expect(download.suggestedFilename()).toBe("操作履歴.csv");
      const chunks: Buffer[] = [];
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
      const text = Buffer.concat(chunks).toString("utf8");
      expect(text.split("\r\n")).toHaveLength(4);
      expect(text).toContain(`"'=標準サービス"`);
      expect(api.seen.filter(({ name }) => name === "exportAudit")).toHaveLength(1);
      await page.getByLabel("期間（から）").fill("2026/13/1");
      await press(page, "検索実行");
      await page.getByText("存在しない日時です。").waitFor();
      await press(page, "条件をクリア");
      await acts(page).toEqual(["証明書の失効", "利用者の登録", "サービスの変更"]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has nothing that axe finds, also on a phone, which it fits",
    async () => {
      for (const viewport of [desktop, phone]) {
        const { page } = await opened("/audit?who=x", viewport);
        await page.getByText("証明書の失効").first().waitFor();
        expect(await findings(page, `audit at ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
      }
    },
    seconds,
  );
});
