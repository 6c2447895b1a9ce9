/** What an administrator does with CSV files in a real browser: registers, is refused, downloads, revokes. */
import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { inCp932 } from "../imports/files/customer.ts";
import { itWith } from "../program.ts";
import { neededBrowser, desktop, openChromium, type Visit, visit } from "./chromium.ts";
import { chooseCertificatesAt, writablePolicy } from "./chromium-policy.ts";
import { importSubjects, people, registration, revocation } from "./import-files.ts";
import { file, folder, run } from "./outside.ts";
import { endpoints, mail, mails, subjects } from "./system.ts";
import { adminOrigin, type Company, company, unique } from "./tenant.ts";

const needed = neededBrowser.present ? writablePolicy : neededBrowser;
const patience = 240_000;
const story = (name: string, tell: () => Promise<void>) => itWith(needed, name, tell, patience);
const endings: (() => Promise<unknown> | void)[] = [];

let by: Company;
let admin: Visit;

beforeAll(async () => {
  if (!needed.present) return;
  endings.push(await chooseCertificatesAt(adminOrigin));
  by = await company({ licences: "100", "allow-mail-domain": "mytest.jp,csv.mytest.jp" });
  const { browser, close } = await openChromium({ serverCaPem: endpoints.serverCaPem, holder: by });
  endings.push(close);
  admin = await visit(browser, desktop);
}, patience);
afterAll(async () => {
  for (const end of endings.toReversed()) await end();
}, patience);

const press = (name: string) => admin.page.getByRole("button", { name, exact: true }).first().click();
const arrive = (name: string) => admin.page.getByRole("heading", { level: 1, name, exact: true }).waitFor();
const reads = (text: string | RegExp) => admin.page.getByText(text).first().waitFor();
const row = (address: string) => admin.page.getByRole("row").filter({ hasText: address });

/** Opens a command of the list. */
async function begin(command: "CSV一括登録" | "CSV一括失効"): Promise<void> {
  await admin.page.goto(`${endpoints.adminUrl}#/subscribers/${by.serviceId}/${by.organizationId}`);
  await arrive("利用者のメンテナンス");
  await press("一括操作");
  await press(`${command}を実行`);
  await arrive(command);
}

const choose = (buffer: Buffer, name = "利用者.csv") =>
  admin.page.locator("input[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer });

/** [登録], when the page has checked the file, and its question. */
async function send(): Promise<void> {
  await reads("誤りは見つかりませんでした。");
  await press("登録");
  await press("OK");
}

/** Addresses without random letters, for the pictures' sake: nobody else's in this run. */
const addresses = ["ichiro@csv.mytest.jp", "jiro@csv.mytest.jp", "saburo@csv.mytest.jp"];

describe("an administrator with a CSV file", () => {
  story("registers three subscribers from a file in Shift_JIS, and sees it come to its end", async () => {
    await begin("CSV一括登録");
    await admin.look("empty form");
    const csv = inCp932(addresses.map((address) => registration(address)).join(""));
    expect(csv).toBeDefined();
    await choose(csv ?? Buffer.alloc(0));
    await reads("文字コード：Shift_JIS");
    await reads("データ：3 行");
    await admin.page.getByRole("table", { name: "ファイルの内容" }).getByText("山田").first().waitFor();
    await admin.picture("admin-csv-register", 790);
    await admin.look("file chosen");
    await send();
    await arrive("CSV一括登録完了");
    await reads("3 件の証明書を発行しました。");
    await reads("3 / 3 行");
    await admin.picture("admin-csv-done");
    await admin.look("registered");
    await mail(by.email, importSubjects.register);
    for (const address of addresses) await mail(address, subjects.subscriberDownload);
    await press("閉じる");
    await arrive("利用者のメンテナンス");
    for (const address of addresses) await row(address).getByText("証明書発行済").waitFor();
    expect(admin.complaints).toEqual([]);
  });

  story("is told every mistake of a file with row and column, and that nothing was done", async () => {
    await begin("CSV一括登録");
    const fresh = `fresh-${unique()}@mytest.jp`;
    await choose(Buffer.from(registration(fresh) + registration("not a mail", "07", addresses[0])), "誤り.csv");
    await reads("誤りが 2 件あります。");
    for (const column of ["1 代表メールアドレス", "9 デバイスコード"])
      await admin.page.getByRole("row").filter({ hasText: column }).getByText("2", { exact: true }).waitFor();
    await admin.picture("admin-csv-check", 790);
    await admin.look("mistakes found by the page");
    // What is registered already only the server knows.
    await choose(Buffer.from(registration(fresh) + registration(addresses[0] ?? "")), "誤り.csv");
    await send();
    await arrive("CSV一括登録エラー");
    await reads("1件も処理していません。");
    await admin.page.getByRole("row").filter({ hasText: "9 デバイスコード" }).getByText("2", { exact: true }).waitFor();
    await admin.picture("admin-csv-refused");
    await admin.look("refused");
    await mail(by.email, importSubjects.registerErrors);
    // The mail's link leads to the same page.
    await admin.page.reload();
    await arrive("CSV一括登録エラー");
    expect(await mails(fresh)).toEqual([]);
    expect(admin.complaints).toEqual([]);
  });

  story("downloads the certificates of a file as a ZIP whose .PIN opens the .P12", async () => {
    const { mails: own, csv } = people(2);
    await begin("CSV一括登録");
    await choose(Buffer.from(`\ufeff${csv}`));
    await reads("文字コード：UTF-8（BOM付き）");
    await admin.page.getByRole("checkbox", { name: "発行した証明書は、管理者が一括ダウンロードする" }).check();
    await send();
    await arrive("CSV一括登録完了");
    await mail(by.email, importSubjects.package);
    const [download] = await Promise.all([admin.page.waitForEvent("download"), press("ZIP ファイルをダウンロード")]);
    await reads(/のダウンロードを開始しました。/);
    await admin.look("package");
    const files = unzipSync(readFileSync(await download.path()));
    const names = Object.keys(files).filter((name) => name.endsWith(".P12"));
    expect(names).toHaveLength(2);
    for (const name of names) {
      const password = Buffer.from(files[`PIN/${name.replace(/P12$/, "PIN")}`] ?? []).toString();
      const at = file(folder(), "packed.p12", files[name] ?? new Uint8Array());
      expect(run("openssl", "pkcs12", "-in", at, "-passin", `pass:${password}`, "-nodes")).toContain(
        "BEGIN PRIVATE KEY",
      );
    }
    expect(await mails(own[0] ?? "")).toEqual([]);
    expect(admin.complaints).toEqual([]);
  });

  story("revokes two of them by a file, once asked, and finds both files among the company's", async () => {
    const [first = "", second = ""] = addresses;
    await begin("CSV一括失効");
    await choose(Buffer.from(revocation(first) + revocation(second)), "退職者.csv");
    await reads("データ：2 行");
    await admin.picture("admin-csv-revoke", 885);
    await press("失効");
    await reads("ファイルにある証明書（2 件）をただちに失効します。");
    await admin.look("question");
    await press("OK");
    await arrive("CSV一括失効完了");
    await reads("2 件の証明書を失効しました。");
    await mail(by.email, importSubjects.revoke);
    await press("閉じる");
    await arrive("利用者のメンテナンス");
    for (const address of [first, second]) await row(address).getByText("証明書失効済").waitFor();
    await row(addresses[2] ?? "")
      .getByText("証明書発行済")
      .waitFor();
    await press("メニューを開く");
    await admin.page.getByRole("link", { name: "CSV処理状況" }).click();
    await press("メニューを閉じる");
    await arrive("CSV処理状況");
    for (const name of ["退職者.csv", "誤り.csv"]) await admin.page.getByRole("link", { name }).waitFor();
    await admin.picture("admin-csv-status");
    await admin.look("status");
    expect(admin.complaints).toEqual([]);
  });
});
