/** What people do with the product in a real browser, with real certificates, from the registration to the revocation. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { itWith, program, run as answer } from "../program.ts";
import { desktop, neededBrowser, openChromium, phone, type Visit, visit } from "./chromium.ts";
import { chooseCertificatesAt, writablePolicy } from "./chromium-policy.ts";
import { file, folder, published, revokedSerials, run } from "./outside.ts";
import { endpoints, fetchPkcs12, mail, mails, operator, revealed, subjects, until } from "./system.ts";
import { adminOrigin, type Company, company, unique } from "./tenant.ts";

/** With a client certificate a story needs the policy too, or Chromium would ask and wait. */
const needed = neededBrowser.present ? writablePolicy : neededBrowser;
const openssl = program("openssl", "openssl");
const patience = 180_000;
const story = (name: string, tell: () => Promise<void>) => itWith(needed, name, tell, patience);
/** Nobody else's in this run, which begins with no mails; without random letters, for the pictures' sake. */
const email = "yamada-taro@mytest.jp";
const endings: (() => Promise<unknown> | void)[] = [];

let by: Company;
let admin: Visit;
/** The phone's certificate, lower-case hex, once it is downloaded, and what opened its page. */
let serialNumber: string;
let credential: { readonly id: string; readonly password: string };

async function browse(holder?: { p12: Uint8Array; password: string }, options: Parameters<typeof visit>[1] = desktop) {
  const { serverCaPem } = endpoints;
  const { browser, close } = await openChromium({ serverCaPem, ...(holder && { holder }) });
  endings.push(close);
  return visit(browser, options);
}

beforeAll(async () => {
  if (!needed.present) return;
  endings.push(await chooseCertificatesAt(adminOrigin));
  by = await company();
  admin = await browse(by);
}, patience);
afterAll(async () => {
  for (const end of endings.toReversed()) await end();
}, patience);

const press = ({ page }: Visit, name: string) => page.getByRole("button", { name, exact: true }).first().click();
const arrive = ({ page }: Visit, name: string) => page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const reads = ({ page }: Visit, text: string | RegExp) => page.getByText(text).first().waitFor();
const row = (device: string) => admin.page.getByRole("row", { name: "山田 太郎" }).filter({ hasText: device });

describe("an administrator, with the certificate from the mails in the browser,", () => {
  story("is let in without a question, as the person and the company of the certificate", async () => {
    await admin.page.goto(endpoints.adminUrl);
    await reads(admin, "令和証明書サービス");
    await reads(admin, "令和 三郎 様 ログイン中");
    await reads(admin, "NRAサービス");
    await admin.picture("admin-top");
    await admin.look("top");
    expect(admin.complaints).toEqual([]);
  });

  story("is told at each field what is wrong with it", async () => {
    const { page } = admin;
    await press(admin, "メニューを開く");
    await page.getByRole("link", { name: "利用者メンテナンス", exact: true }).click();
    await press(admin, "メニューを閉じる");
    await arrive(admin, "利用者メンテナンス");
    await admin.look("organizations");
    await page.getByRole("link", { name: "本社", exact: true }).click();
    await reads(admin, "利用者がまだ登録されていません。");
    await admin.look("empty list");
    await press(admin, "新規追加");
    await arrive(admin, "利用者登録");
    await admin.look("empty form");
    await page.getByLabel("氏名（姓）フリガナ", { exact: true }).fill("山田");
    await page.getByLabel("氏名（姓）英語表記", { exact: true }).fill("Yamadá");
    await page.getByLabel("メールアドレス", { exact: true }).fill("yamada+taro@mytest.jp");
    // Straight from the field with the mouse: its error must not take the button from under the click.
    await press(admin, "確認");
    await reads(admin, "カタカナで入力してください。");
    await reads(admin, "半角英数字で入力してください。");
    await reads(admin, /7文字目の.+は使用できません。使用できるのは半角英数字と/);
    await reads(admin, "利用デバイスを1つ以上選択してください。");
    expect(await page.getByText("入力してください。", { exact: true }).count()).toBe(4);
    await page.getByLabel("氏名（姓）", { exact: true }).and(page.locator(":focus")).waitFor();
    await admin.look("form with errors");
    expect(admin.complaints).toEqual([]);
  });

  story(
    "registers 山田 太郎 for a PC and a phone, and sees both certificates being issued and then issued",
    async () => {
      const { page } = admin;
      const person = {
        "氏名（姓）": "山田",
        "氏名（名）": "太郎",
        "氏名（姓）フリガナ": "ヤマダ",
        "氏名（名）フリガナ": "タロウ",
        "氏名（姓）英語表記": "Yamada",
        "氏名（名）英語表記": "Taro",
        メールアドレス: email,
      };
      for (const [label, value] of Object.entries(person)) await page.getByLabel(label, { exact: true }).fill(value);
      for (const device of ["WindowsPC", "iOS(iPhone)"]) await page.getByRole("checkbox", { name: device }).check();
      await page.evaluate("scrollTo(0, 0)");
      await admin.picture("admin-registration-input");
      await press(admin, "確認");
      await arrive(admin, "利用者登録確認");
      for (const value of Object.values(person)) await page.getByText(value, { exact: true }).first().waitFor();
      await admin.picture("admin-registration-confirm");
      await admin.look("confirmation");
      await Promise.all([reads(admin, "証明書発行中"), press(admin, "決定")]);
      await arrive(admin, "利用者登録完了");
      await page.getByText("証明書発行済").nth(1).waitFor();
      expect(await page.getByText("証明書発行中").count()).toBe(0);
      await admin.picture("admin-registration-done");
      await admin.look("done");
      expect(admin.complaints).toEqual([]);
    },
  );

  story("finds a row for each in the list", async () => {
    await press(admin, "閉じる");
    await arrive(admin, "利用者のメンテナンス");
    for (const device of ["WindowsPC", "iOS(iPhone)"]) {
      await row(device).waitFor();
      expect(await row(device).innerText()).toMatch(new RegExp(`${email}[^]*証明書発行済`));
    }
    await admin.look("list");
    expect(admin.complaints).toEqual([]);
  });

  story("reads the same page in English, and goes back to Japanese", async () => {
    await press(admin, "English");
    await arrive(admin, "Subscribers");
    await reads(admin, "Reiwa Certificate Service");
    await reads(admin, "Signed in as Reiwa Saburo");
    await reads(admin, "Issued");
    await admin.look("list in English");
    await press(admin, "日本語");
    await arrive(admin, "利用者のメンテナンス");
    expect(admin.complaints).toEqual([]);
  });
});

describe("a subscriber with a phone", () => {
  story("comes from the mails to a file that openssl opens with the password shown", async () => {
    const letter = await until("the mail about the phone's ID and password", async () =>
      (await mails(email)).find(
        ({ subject, text }) => subject === subjects.subscriberCredential && text.includes("iOS(iPhone)"),
      ),
    );
    const link = /https:\S+\/notice#\S+/.exec(letter.text)?.[0] ?? "";
    const reader = await browse(undefined, phone);
    const { page } = reader;
    await page.goto(link);
    await reader.look("notice");
    await press(reader, "ID とパスワードを表示する");
    await reads(reader, "この証明書は iOS(iPhone) 用です。");
    const [id = "", password = ""] = await page.locator("code").allInnerTexts();
    credential = { id, password };
    await reader.picture("download-notice-phone");
    await reader.look("ID and password");
    await page.getByRole("link", { name: "証明書ダウンロード画面へ進む" }).click();
    await arrive(reader, "証明書ダウンロード ログイン画面");

    // The mail about the file leads to the same page: there ID and password are typed.
    const other = await mail(email, subjects.subscriberDownload);
    expect(other.text).toContain(endpoints.downloadUrl);
    await page.goto(endpoints.downloadUrl);
    await reader.look("sign-in");
    await page.getByLabel("ID", { exact: true }).fill(id);
    await page.getByLabel("Password", { exact: true }).fill(password);
    await reader.picture("download-signin-phone");
    await press(reader, "ログイン");
    await arrive(reader, "証明書ダウンロード画面");
    await reads(reader, "山田 太郎");
    await reads(reader, "令和証明書サービス");
    await reader.picture("download-page-phone");
    await reader.look("download");
    const [download] = await Promise.all([page.waitForEvent("download"), press(reader, "証明書ダウンロード")]);
    await reads(reader, /のダウンロードを開始しました。/);
    await reader.look("downloaded");
    await press(reader, "English");
    await arrive(reader, "Certificate download");
    await reads(reader, /^The download of/);
    await reads(reader, "Yamada Taro");
    await reads(reader, /^Reiwa Certificate Service/);
    await reader.look("downloaded, in English");
    await press(reader, "日本語");
    await arrive(reader, "証明書ダウンロード画面");

    expect(download.suggestedFilename()).toMatch(/\.p12$/);
    const at = file(folder(), "saved.p12", readFileSync(await download.path()));
    const opened = answer(openssl, "pkcs12", "-in", at, "-passin", `pass:${password}`, "-nodes");
    expect(opened).toMatchObject({ status: 0, text: expect.stringContaining("BEGIN PRIVATE KEY") as string });
    const leaf = run("openssl", "x509", "-in", file(folder(), "all.pem", opened.text), "-noout", "-serial", "-subject");
    expect(leaf).toContain("Yamada Taro");
    serialNumber = (/serial=([0-9A-F]+)/.exec(leaf)?.[1] ?? "").toLowerCase();
    expect(reader.complaints).toEqual([]);
  });
});

describe("an administrator who hears that the phone is lost", () => {
  story("revokes its certificate with that reason, and the published list says so", async () => {
    const { page } = admin;
    await page.reload();
    await row("iOS(iPhone)").getByText("証明書ダウンロード済").waitFor();
    await row("iOS(iPhone)").getByRole("checkbox").check();
    await press(admin, "失効");
    const dialog = page.getByRole("dialog");
    await dialog.getByText(serialNumber, { exact: true }).waitFor();
    await page.getByLabel("失効理由").click();
    await page.getByRole("option", { name: "鍵の危殆化" }).click();
    await admin.picture("admin-revoke");
    await admin.look("revocation");
    await press(admin, "確認");
    await dialog.getByText("実行してもよろしいですか").waitFor();
    await admin.look("revocation asked");
    await press(admin, "OK");
    await dialog.getByText("証明書を失効しました。").waitFor();
    await admin.look("revoked");
    await press(admin, "閉じる");
    await row("iOS(iPhone)").getByText("証明書失効済").waitFor();
    await row("WindowsPC").getByText("証明書発行済").waitFor();
    const at = folder();
    await until("the serial on the CRL", async () => (await revokedSerials(at, "subscribers")).includes(serialNumber));
    const list = run("openssl", "crl", "-inform", "DER", "-in", `${at}/list.crl`, "-noout", "-text");
    expect(list).toMatch(new RegExp(`${serialNumber}[^]{1,200}Key Compromise`, "i"));
    await admin.look("list with a revoked certificate");
    expect(admin.complaints).toEqual([]);
  });

  story("keeps who finds the phone's password from downloading: the page says that it was revoked", async () => {
    const finder = await browse(undefined, phone);
    const { page } = finder;
    await page.goto(endpoints.downloadUrl);
    await page.getByLabel("ID", { exact: true }).fill(credential.id);
    await page.getByLabel("Password", { exact: true }).fill(credential.password);
    await press(finder, "ログイン");
    await page.getByRole("alert").getByText("この証明書は失効されているため、ダウンロードできません。").waitFor();
    await finder.picture("download-revoked-phone");
    await finder.look("revoked");
    // A refused call is logged by the browser itself.
    expect(finder.complaints.filter((line) => !line.includes("Failed to load resource"))).toEqual([]);
  });
});

describe("the repository's page", () => {
  story("shows the fingerprints that openssl computes of the certificates beside them", async () => {
    const reader = await browse();
    const { page } = reader;
    await page.goto(endpoints.repositoryUrl);
    for (const name of ["root", "subscribers", "administrators"]) {
      const section = page.locator("section").filter({ has: page.locator(`a[href$="ca/${name}.crt"]`) });
      const shown = await section.innerText();
      const der = file(folder(), "ca.crt", await published(`ca/${name}.crt`));
      for (const digest of ["-sha256", "-sha1"]) {
        const text = run("openssl", "x509", "-inform", "DER", "-in", der, "-noout", "-fingerprint", digest);
        expect(shown).toContain(/=([0-9A-F:]+)/.exec(text)?.[1] ?? "no fingerprint");
      }
    }
    await reader.picture("repository");
    await reader.look("repository");
    expect(reader.complaints).toEqual([]);
  });
});

describe("the mailbox of a run on this machine", () => {
  story("shows a person's mails", async () => {
    const reader = await browse();
    await reader.page.goto(`${endpoints.mailUrl}?to=${encodeURIComponent(email)}`);
    expect(await reader.page.getByText(subjects.subscriberCredential).count()).toBe(2);
    await reader.picture("mailbox");
    await reader.look("mailbox");
    expect(reader.complaints).toEqual([]);
  });
});

describe("the admin site", () => {
  story("does not open for a browser without a certificate", async () => {
    const stranger = await browse();
    await expect(stranger.page.goto(endpoints.adminUrl)).rejects.toThrow(
      /net::ERR_(BAD_SSL_CLIENT_AUTH_CERT|SOCKET_NOT_CONNECTED|EMPTY_RESPONSE|CONNECTION_(CLOSED|RESET))/,
    );
  });

  story("shuts out an administrator whose certificate is revoked, in a window that is open too", async () => {
    const address = `jiro-${unique()}@example.jp`;
    const { administratorId } = await operator<{ administratorId: string }>("administrator create", {
      tenant: by.tenantId,
      name: "令和 次郎",
      "english-name": "Reiwa Jiro",
      email: address,
      language: "ja",
    });
    const { id, password } = await revealed(address, subjects.administratorCredential);
    const leaver = await browse({ p12: await fetchPkcs12({ id, password }), password });
    const { page } = leaver;
    await page.goto(endpoints.adminUrl);
    await reads(leaver, "令和 次郎 様 ログイン中");
    expect(leaver.complaints).toEqual([]);
    await operator("administrator revoke", { administrator: administratorId });
    await page.reload();
    await reads(leaver, "この管理者用証明書では操作できません。");
    expect(await page.locator("body").innerText()).not.toMatch(/令和|NRAサービス/);
    await leaver.look("refused");
    // The browser itself notes each refused call; nothing else may be noted.
    expect(leaver.complaints.filter((line) => !/Failed to load resource.*403/.test(line))).toEqual([]);
  });
});
