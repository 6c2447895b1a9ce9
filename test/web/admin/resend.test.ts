import { describe, expect } from "vitest";
import { itWith } from "../../program.ts";
import { chromiumProgram, desktop, findings, overflows, phone } from "./browser.ts";
import { listOf, press } from "./page-actions.ts";
import { eventually, onAdminSite } from "./suite.ts";

const begin = onAdminSite();
const seconds = 60_000;

type Visit = Awaited<ReturnType<typeof begin>>;
const resends = ({ api }: Visit) => api.seen.filter(({ name }) => name === "resendNotices");
const check = ({ page }: Visit, ...names: readonly string[]) =>
  names.reduce(async (before, name) => {
    await before;
    await page.getByRole("checkbox", { name: `${name}（WindowsPC）を選択` }).check();
  }, Promise.resolve());

describe("sending mails again", () => {
  itWith(
    chromiumProgram,
    "says how many mails go to how many people and that earlier links end, then sends one request",
    async () => {
      const visit = await begin();
      const { api, page, open } = visit;
      const subscriberId = "t0123456789-u999999999999";
      const taro = [
        api.add({ familyName: "山田", givenName: "太郎", subscriberId }),
        api.add({ familyName: "山田", givenName: "太郎", subscriberId, device: "20" }),
      ];
      const hanako = api.add({ familyName: "佐藤", givenName: "花子", primaryEmail: "hanako@mytest.example" });
      await open(listOf("standard"));
      await press(page, "案内メール再送");
      await page.getByText("案内メールを再送する証明書を、一覧で選択してください。").waitFor();
      await check(visit, "山田 太郎", "佐藤 花子");
      await page.getByRole("checkbox", { name: "山田 太郎（Android）を選択" }).check();
      await press(page, "案内メール再送");
      const dialog = page.getByRole("dialog", { name: "案内メール再送" });
      for (const text of [
        "2 人に、合わせて 6 通の案内メールを再送します。実行してもよろしいですか？",
        "対象の証明書（3 件）",
        "佐藤 花子（WindowsPC）hanako@mytest.example",
      ])
        await dialog.getByText(text).waitFor();
      await dialog.getByText("使用できなくなります。ID とパスワードは変わりません。").waitFor();
      expect(resends(visit)).toEqual([]);
      api.wishes.delay = 300;
      await dialog.getByRole("button", { name: "再送する" }).click({ clickCount: 2, delay: 20 });
      await dialog.getByRole("status").getByText("3 件の証明書の案内メールを再送しました。").waitFor();
      expect(await dialog.getByRole("button", { name: "再送する" }).count()).toBe(0);
      await dialog.getByRole("button", { name: "閉じる" }).last().click();
      await eventually(() => page.getByText("件を選択中").count()).toBe(0);
      const ids = [taro[0], hanako, taro[1]].map((row) => row?.certificateId);
      expect(resends(visit).map(({ body }) => body)).toEqual([{ certificateIds: ids }]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "names what is left out before, and what the server refused after, each with the reason",
    async () => {
      const visit = await begin();
      const { api, page, open } = visit;
      const expired = { notBefore: "2020-01-01T00:00:00Z", notAfter: "2025-01-01T00:00:00Z" };
      api.add({ familyName: "利用者", givenName: "失効", status: "revoked" });
      api.add({ familyName: "利用者", givenName: "期限", ...expired });
      const destroyed = api.add({ familyName: "利用者", givenName: "破棄", status: "downloaded" });
      const fine = api.add({ familyName: "利用者", givenName: "有効" });
      api.wishes.refuseOf.set(destroyed.certificateId, "resendKeyDestroyed");
      await open(listOf("standard"));
      await check(visit, "利用者 失効", "利用者 期限", "利用者 破棄", "利用者 有効");
      await press(page, "案内メール再送");
      const skipped = page.getByRole("dialog", { name: "案内メール再送の対象外の証明書" });
      await skipped.getByText("利用者 失効（WindowsPC）：すでに失効しています。").waitFor();
      await skipped.getByText("利用者 期限（WindowsPC）：有効期限が切れています。").waitFor();
      await skipped.getByRole("button", { name: "残りの 2 件で続ける" }).click();
      const dialog = page.getByRole("dialog", { name: "案内メール再送" });
      await dialog.getByRole("button", { name: "再送する" }).click();
      await dialog.getByText("証明書の案内メールを再送しました。").waitFor();
      await dialog.getByText("2 件のうち 1 件は、案内メールを再送できませんでした。").waitFor();
      await dialog.getByText(/利用者 破棄（WindowsPC）.*：.*秘密の鍵が破棄されているため/).waitFor();
      expect(resends(visit).map(({ body }) => body)).toEqual([
        { certificateIds: [destroyed.certificateId, fine.certificateId] },
      ]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "of more than a hundred over several pages is several requests; one that got no answer is sent again as the same",
    async () => {
      const visit = await begin();
      const { api, page, open } = visit;
      for (let n = 0; n < 130; n++) api.add({ familyName: "利用者", givenName: String(n).padStart(3, "0") });
      await open(`${listOf("standard")}?size=100`);
      const all = page.getByRole("checkbox", { name: "このページの利用者をすべて選択" });
      await all.press("Space");
      await page.getByText("100 件を選択中").waitFor();
      await press(page, "次のページ");
      await page.getByText("利用者 129").waitFor();
      await all.press("Space");
      await page.getByText("130 件を選択中").waitFor();
      await press(page, "案内メール再送");
      const dialog = page.getByRole("dialog", { name: "案内メール再送" });
      await dialog.getByText("130 人に、合わせて 260 通の案内メールを再送します。").waitFor();
      api.wishes.break = "resendNotices";
      await dialog.getByRole("button", { name: "再送する" }).click();
      await dialog.getByText("完了していない証明書だけをもう一度処理します。").waitFor();
      api.wishes.break = undefined;
      await dialog.getByRole("button", { name: "再送する" }).click();
      await dialog.getByText("130 件の証明書の案内メールを再送しました。").waitFor();
      const counts = new Map(
        resends(visit).map(({ key, body }) => [key, (body as { certificateIds: string[] }).certificateIds.length]),
      );
      expect([...counts.values()]).toEqual([100, 30]);
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "is offered beside the details of a certificate that can be downloaded, and is in its list of mails",
    async () => {
      const visit = await begin({ language: "en" });
      const { api, page, open } = visit;
      api.add({ familyName: "山田", givenName: "太郎" });
      api.add({ familyName: "佐藤", givenName: "花子", commonName: "Sato Hanako", status: "revoked" });
      await open(listOf("standard"));
      const panel = page.getByRole("complementary", { name: "Certificate details" });
      await page.getByRole("link", { name: "Sato Hanako", exact: true }).click();
      await panel.getByRole("heading", { name: "Sato Hanako" }).waitFor();
      await panel.getByText("Revoked", { exact: true }).first().waitFor();
      expect(await panel.getByRole("button", { name: "Resend e-mails" }).count()).toBe(0);
      await page.getByRole("link", { name: "Yamada Taro", exact: true }).click();
      await panel.getByRole("button", { name: "Resend e-mails" }).click();
      const dialog = page.getByRole("dialog", { name: "Resend e-mails" });
      await dialog.getByText("2 e-mails will be sent to one person.").waitFor();
      await dialog.getByRole("button", { name: "Send again" }).click();
      await dialog.getByText("The e-mails of the certificate are sent again.").waitFor();
      await dialog.getByRole("button", { name: "Close" }).last().click();
      await panel.getByText("(sent again)").waitFor();
    },
    seconds,
  );

  itWith(
    chromiumProgram,
    "has nothing that axe finds, also on a phone",
    async () => {
      for (const viewport of [desktop, phone]) {
        const visit = await begin({ viewport });
        const { api, page, open } = visit;
        const [, refused] = [0, 1].map((n) => api.add({ familyName: "利用者", givenName: `${n}` }));
        api.wishes.refuseOf.set(refused?.certificateId ?? "", "resendKeyDestroyed");
        await open(listOf("standard"));
        await check(visit, "利用者 0", "利用者 1");
        expect(await overflows(page)).toBe(false);
        await press(page, "案内メール再送");
        await page.getByText("2 人に、合わせて 4 通").waitFor();
        expect(await findings(page, `ask ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
        await press(page, "再送する");
        await page.getByText("秘密の鍵が破棄されているため").waitFor();
        expect(await findings(page, `done ${viewport.width}`)).toEqual([]);
        expect(await overflows(page)).toBe(false);
      }
    },
    seconds,
  );
});
