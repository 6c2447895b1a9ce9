import { afterAll, beforeAll, describe, expect } from "vitest";
import type { Browser } from "playwright-core";
import { itWith, program } from "../../program.ts";
import { id, iphone, password, phone, token } from "./people.ts";
import { newReader, openBrowser, type Reader } from "./reader.ts";
import { serveSite, type Api } from "./site.ts";

const chromium = program("chromium", "chromium");
const read = (name: string, story: () => Promise<void>) => itWith(chromium, name, story, 30_000);

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let api: Api;

beforeAll(async () => {
  if (!chromium.present) return;
  site = await serveSite(() => api);
  browser = await openBrowser(chromium.path);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const press = ({ page }: Reader, name: string) => page.getByRole("button", { name, exact: true }).click();

async function signIn(reader: Reader) {
  await reader.page.goto(site.url);
  await reader.page.getByLabel("ID", { exact: true }).fill(id);
  await reader.page.getByLabel("Password", { exact: true }).fill(password);
  await press(reader, "ログイン");
}

describe("on another device than the certificate is for", () => {
  read("says so on both pages, and copies the address to open on the right one, without any secret in it", async () => {
    const reader = await newReader(browser, phone);
    const { revealNotice, signIn: known } = iphone(site.url);
    api = {
      ...iphone(site.url),
      revealNotice: (given) => {
        const made = revealNotice(given);
        return "reply" in made ? { reply: { ...made.reply, device: "01" } } : made;
      },
      signIn: (given) => {
        const made = known(given);
        return "reply" in made ? { reply: { ...made.reply, device: "01" } } : made;
      },
    };
    const warning = reader.page.getByText("この証明書は WindowsPC 用です。お使いの端末（iPhone）用ではありません。");
    await reader.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await reader.page.goto(`${site.url}notice#${token}`);
    await press(reader, "ID とパスワードを表示する");
    await warning.waitFor();
    await reader.page.getByText("この URL を別の端末で開く").waitFor();
    await press(reader, "URL をコピー");
    await reader.page.getByRole("status").getByText("コピーしました。").waitFor();
    expect(await reader.page.evaluate("navigator.clipboard.readText()")).toBe(site.url);
    await signIn(reader);
    await warning.waitFor();
    await press(reader, "URL をコピー");
    await press(reader, "English");
    await reader.page.getByText("It is not for this device (iPhone).").waitFor();
    expect(await reader.complaints()).toEqual([]);
    await reader.close();
  });

  read(
    "says of a phone's certificate on a computer that it is one, and nothing where the device is right",
    async () => {
      const reader = await newReader(browser, phone);
      api = iphone(site.url);
      const words = /お使いの端末（.*）用ではありません/;
      await signIn(reader);
      await reader.page.getByText("山田 太郎").waitFor();
      expect(await reader.page.getByText(words).count()).toBe(0);
      const computer = await newReader(browser, { viewport: { width: 1280, height: 900 }, locale: "ja-JP" });
      await computer.page.goto(`${site.url}notice#${token}`);
      await computer.page.getByRole("button", { name: "ID とパスワードを表示する" }).click();
      await computer.page
        .getByText("この証明書は iOS(iPhone) 用です。お使いの端末（パソコン）用ではありません。")
        .waitFor();
      await Promise.all([reader.close(), computer.close()]);
    },
  );
});
