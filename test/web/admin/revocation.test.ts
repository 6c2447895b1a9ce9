import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { onAdminSite } from "./suite.ts";
import { listOf, press } from "./typist.ts";
import { chromiumProgram } from "./visitor.ts";

const begin = onAdminSite(21_004);
const seconds = 60_000;

describe("revoking", () => {
  itWith(
    chromiumProgram,
    "is offered for exactly one certificate that lives",
    async () => {
      const { api, page, open } = await begin();
      api.wishes.issuanceTakes = 60_000;
      for (const [n, status] of (["issued", "downloaded", "issuing", "revoked", "failed"] as const).entries())
        api.add({ familyName: "利用者", givenName: `${n}`, status });
      await open(listOf("standard"));
      const tick = (n: number) => page.getByRole("checkbox", { name: `利用者 ${n}（WindowsPC）を選択` });
      const offered = async () =>
        (await page.getByRole("button", { name: "失効", exact: true }).getAttribute("aria-disabled")) !== "true";
      await tick(0).waitFor();
      expect(await offered()).toBe(false);
      const alone: boolean[] = [];
      for (const n of [0, 1, 2, 3, 4]) {
        await tick(n).check();
        alone.push(await offered());
        await tick(n).uncheck();
      }
      expect(alone).toEqual([true, true, false, false, false]);
      await tick(0).check();
      await tick(1).check();
      expect(await offered()).toBe(false);
    },
    seconds,
  );

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
      expect(api.seen.some(({ name }) => name === "revokeCertificate")).toBe(false);
      api.wishes.delay = 300;
      await page.getByRole("button", { name: "OK", exact: true }).click({ clickCount: 2, delay: 20 });
      await dialog.getByText("証明書を失効しました。").waitFor();
      await press(page, "閉じる");
      await page
        .getByRole("row", { name: /山田 太郎/ })
        .getByText("証明書失効済")
        .waitFor();
      const sent = api.seen.filter(({ name }) => name === "revokeCertificate");
      expect(sent.map(({ body }) => body)).toEqual([{ reason: "keyCompromise" }]);
      expect(api.rows.find((row) => row.certificateId === certificateId)?.status).toBe("revoked");
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "stays open with the reason when it is refused",
    async () => {
      const { api, page, open } = await begin();
      api.add({ familyName: "山田", givenName: "太郎" });
      await open(listOf("standard"));
      await page.getByRole("checkbox", { name: "山田 太郎（WindowsPC）を選択" }).check();
      await press(page, "失効");
      await press(page, "確認");
      const detail = "この証明書はすでに失効しています。";
      api.wishes.refuse.revokeCertificate = { type: "about:blank", title: "失効済み", status: 409, detail };
      await press(page, "OK");
      await page.getByRole("dialog").getByRole("alert").getByText(detail).waitFor();
      await page.getByRole("button", { name: "OK", exact: true }).waitFor();
    },
    seconds,
  );
});
