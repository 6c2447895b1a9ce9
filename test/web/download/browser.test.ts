import { afterAll, beforeAll, beforeEach, afterEach, describe, expect } from "vitest";
import type { Browser } from "playwright-core";
import { itWith, program } from "../../program.ts";
import { id, iphone, password, phone, token } from "./people.ts";
import { newReader, openBrowser, type Reader } from "./reader.ts";
import { serveSite, type Api } from "./site.ts";

const chromium = program("chromium", "chromium");
/** Milliseconds for one story; a busy machine needs them. */
const patience = 30_000;
const read = (name: string, story: () => Promise<void>) => itWith(chromium, name, story, patience);

let site: Awaited<ReturnType<typeof serveSite>>;
let browser: Browser;
let reader: Reader;
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
beforeEach(async () => {
  if (!chromium.present) return;
  api = iphone(site.url);
  site.seen.length = 0;
  reader = await newReader(browser, phone);
});
afterEach(async () => {
  if (!chromium.present) return;
  const complaints = await reader.complaints();
  await reader.close();
  expect(complaints).toEqual([]);
});

const posts = () => site.seen.filter((request) => request.method === "POST").map((request) => request.path);
const body = () => reader.page.locator("body");
const press = (name: string) => reader.page.getByRole("button", { name, exact: true }).click();

async function signIn(secret = password) {
  await reader.page.goto(site.url);
  await reader.page.getByLabel("ID", { exact: true }).fill(id);
  await reader.page.getByLabel("Password", { exact: true }).fill(secret);
  await press("ログイン");
}

describe("the notice page", () => {
  read("asks nothing of the API until the button is pressed", async () => {
    await reader.page.goto(`${site.url}notice#${token}`);
    await reader.page.getByRole("button", { name: "ID とパスワードを表示する" }).waitFor();
    await reader.page.getByText("Warifu", { exact: true }).waitFor();
    expect(posts()).toEqual([]);
    expect(await body().innerText()).not.toContain(password);
  });

  read("takes the token out of the address, and never puts it into a request's address", async () => {
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByText(password).waitFor();
    expect(reader.page.url()).toBe(`${site.url}notice`);
    expect(JSON.stringify(site.seen)).not.toContain(token);
  });

  read("shows ID and password, until when, and that the password is needed again", async () => {
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByText(password).waitFor();
    const text = await body().innerText();
    for (const part of [id, "2026/12/06 12:00", "他の人に教えたり転送したりしないで", "インストールするときにも必要"])
      expect(text).toContain(part);
  });

  read("copies the password", async () => {
    await reader.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await press("パスワードをコピー");
    await reader.page.getByRole("status").getByText("コピーしました。").waitFor();
    expect(await reader.page.evaluate("navigator.clipboard.readText()")).toBe(password);
  });

  read("forgets everything on reload and says to open the mail's link again", async () => {
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByText(password).waitFor();
    await reader.page.reload();
    await reader.page.getByText("メールに記載された URL から開いてください").waitFor();
    expect(await body().innerText()).not.toContain(password);
    expect(posts()).toEqual(["/api/notice"]);
  });

  read("says for an unknown token what to do", async () => {
    await reader.page.goto(`${site.url}notice#${"x".repeat(24)}`);
    await press("ID とパスワードを表示する");
    const alert = reader.page.getByRole("alert");
    expect(await alert.innerText()).toMatch(/表示できません[^]*管理者[^]*再送を依頼/);
  });

  read("says of a link whose mails were sent again to open the latest mail's", async () => {
    api = { ...api, revealNotice: () => ({ status: 410, type: "urn:warifu:problem:noticeReplaced" }) };
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    const alert = reader.page.getByRole("alert");
    expect(await alert.innerText()).toMatch(/再送されたため[^]*最新の[^]*URL を開いてください/);
    expect(await reader.page.getByRole("button", { name: "ID とパスワードを表示する" }).count()).toBe(0);
  });

  read("reads another notice's link that is opened in the same tab", async () => {
    await reader.page.goto(`${site.url}notice#${"x".repeat(24)}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByRole("alert").waitFor();
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByText(password).waitFor();
  });

  read("hands ID and password to the download page in memory alone", async () => {
    await reader.page.goto(`${site.url}notice#${token}`);
    await press("ID とパスワードを表示する");
    await reader.page.getByRole("link", { name: "証明書ダウンロード画面へ進む" }).click();
    expect(reader.page.url()).toBe(site.url);
    expect(await reader.page.getByLabel("Password", { exact: true }).inputValue()).toBe(password);
    await press("ログイン");
    await reader.page.getByText("山田 太郎").waitFor();
    expect(JSON.stringify(site.seen)).not.toContain(password);
    await reader.page.goBack();
    await reader.page.getByText(password).waitFor();
    await reader.page.reload();
    expect(await body().innerText()).not.toContain(password);
  });
});

describe("signing in", () => {
  read("shows whose certificate it is and the steps for that device", async () => {
    await signIn();
    await reader.page.getByRole("heading", { level: 1, name: "証明書ダウンロード画面" }).waitFor();
    const text = await body().innerText();
    for (const part of ["山田 太郎", "令和証明書サービス", id, "iOS(iPhone)", "2031/11/22", "VPNとデバイス管理"])
      expect(text).toContain(part);
    expect(await reader.page.evaluate("document.activeElement.id")).toBe("heading");
  });

  read("keeps no cookie and no storage, and puts nothing into the address", async () => {
    await signIn();
    await reader.page.getByText("山田 太郎").waitFor();
    expect(await reader.page.context().storageState({ indexedDB: true })).toEqual({
      cookies: [],
      origins: [],
    });
    expect(await reader.page.evaluate("sessionStorage.length")).toBe(0);
    expect(reader.page.url()).toBe(site.url);
    expect(site.seen.every((request) => request.headers.cookie === undefined)).toBe(true);
  });

  read("says the same for every cause of a refusal", async () => {
    const said = new Set<string>();
    for (const status of [400, 401, 403, 404, 410]) {
      api = { ...api, signIn: () => ({ status }) };
      await signIn();
      said.add(await reader.page.getByRole("alert").innerText());
    }
    expect([...said]).toEqual([expect.stringContaining("正しくないか、ダウンロードできる期間が終了しています")]);
  });

  read(
    "takes ID and password with blanks, capitals and full-width letters, and shows the password itself",
    async () => {
      await reader.page.goto(site.url);
      await reader.page.getByLabel("ID", { exact: true }).fill(` ${id.toUpperCase()}`);
      await reader.page.getByLabel("Password", { exact: true }).fill(`Ｘ${password.slice(1).toUpperCase()}\u200b `);
      await press("ログイン");
      await reader.page.getByText("山田 太郎").waitFor();
      await press("表示する");
      await reader.page.getByText(password).waitFor();
    },
  );

  read("asks for what is missing without a call", async () => {
    await signIn("  ");
    expect(await reader.page.getByRole("alert").innerText()).toBe("ID と Password を入力してください。");
    expect(posts()).toEqual([]);
  });

  read("says after too many tries when to come back", async () => {
    api = { ...api, signIn: () => ({ status: 429, headers: { "retry-after": "125" } }) };
    await signIn();
    expect(await reader.page.getByRole("alert").innerText()).toMatch(/約3分後（\d\d:\d\d 以降）/);
    await reader.page.getByLabel("Password", { exact: true }).press("Enter");
    expect(posts()).toEqual(["/api/sign-in"]);
  });

  read("lets one try again when the time is over", async () => {
    api = { ...api, signIn: () => ({ status: 429, headers: { "retry-after": "1" } }) };
    await signIn();
    await reader.page.getByRole("alert").waitFor();
    api = iphone(site.url);
    await reader.page.getByRole("alert").waitFor({ state: "detached" });
    await press("ログイン");
    await reader.page.getByText("山田 太郎").waitFor();
  });

  read("tells a fault of ours and a broken connection from a wrong password", async () => {
    api = { ...api, signIn: () => ({ status: 503 }) };
    await signIn();
    expect(await reader.page.getByRole("alert").innerText()).toContain("サービスに接続できません");
    api = { ...api, signIn: () => ({ status: 0 }) };
    await press("ログイン");
    await reader.page.getByText("サーバーと通信できませんでした").waitFor();
  });

  read("shows what the password is, if asked to", async () => {
    await reader.page.goto(site.url);
    const field = reader.page.getByLabel("Password", { exact: true });
    expect(await field.getAttribute("type")).toBe("password");
    await reader.page.getByLabel("パスワード表示").check();
    expect(await field.getAttribute("type")).toBe("text");
  });

  read("works by keyboard alone", async () => {
    await reader.page.goto(site.url);
    const { keyboard } = reader.page;
    for (let tab = 0; tab < 3; tab += 1) await keyboard.press("Tab");
    await keyboard.type(id);
    await keyboard.press("Tab");
    await keyboard.type(password);
    await keyboard.press("Enter");
    await reader.page.getByText("山田 太郎").waitFor();
  });
});

describe("downloading", () => {
  read("fetches the file and stays on the page", async () => {
    await signIn();
    const [file] = await Promise.all([reader.page.waitForEvent("download"), press("証明書ダウンロード")]);
    expect(file.suggestedFilename()).toBe("certificate.p12");
    await reader.page.getByText("ダウンロードを開始しました。").first().waitFor();
    // It is shown once, in the page, and said besides: nothing lies over the button.
    const said = await reader.page.getByRole("status").boundingBox();
    expect(await reader.page.getByRole("status").innerText()).toContain("ダウンロードを開始しました。");
    expect(said).toMatchObject({ width: 1, height: 1 });
    expect(reader.page.url()).toBe(site.url);
    expect(posts()).toEqual(["/api/sign-in", "/api/download"]);
  });

  read("can be asked again", async () => {
    await signIn();
    for (let time = 0; time < 2; time += 1)
      await Promise.all([reader.page.waitForEvent("download"), press("証明書ダウンロード")]);
  });

  read("asks for a new link where the old one has run out", async () => {
    const { downloadCertificate } = api;
    api = {
      ...api,
      downloadCertificate: (given) => {
        const made = downloadCertificate(given);
        return "reply" in made ? { reply: { ...made.reply, seconds: 0 } } : made;
      },
    };
    await signIn();
    await Promise.all([reader.page.waitForEvent("download"), press("証明書ダウンロード")]);
    await Promise.all([
      reader.page.waitForEvent("download"),
      reader.page.getByRole("link", { name: /始まらない場合/ }).click(),
    ]);
    expect(posts().filter((path) => path === "/api/download")).toHaveLength(2);
  });

  const ends = [
    ["was revoked", { status: 403, type: "urn:warifu:problem:certificateRevoked" }, "この証明書は失効されている"],
    ["has expired", { status: 403, type: "urn:warifu:problem:certificateExpired" }, "有効期限が切れている"],
    ["has no key any more", { status: 409, type: "urn:warifu:problem:keyDestroyed" }, "秘密の鍵は破棄されました"],
  ] as const;
  for (const [end, refused, words] of ends) {
    read(`of a certificate that ${end} is not offered on any page: each says why, and whom to ask`, async () => {
      api = { ...api, downloadCertificate: () => refused };
      await signIn();
      await press("証明書ダウンロード");
      const alert = reader.page.getByRole("alert");
      await alert.getByText(words).waitFor();
      expect(await alert.innerText()).toContain("管理者");
      expect(await reader.page.getByRole("heading", { level: 1 }).innerText()).toBe("証明書ダウンロード画面");
      expect(await reader.page.getByRole("button", { name: "証明書ダウンロード" }).count()).toBe(0);
      expect(await reader.page.getByRole("list").count()).toBe(0);

      api = { ...api, signIn: () => refused, revealNotice: () => refused };
      await signIn();
      await alert.getByText(words).waitFor();
      expect(await body().innerText()).toContain(id);
      expect(await reader.page.getByRole("button", { name: "ログイン", exact: true }).count()).toBe(0);
      await press("別の ID でログインする");
      expect(await reader.page.getByLabel("ID", { exact: true }).inputValue()).toBe("");

      await reader.page.goto(`${site.url}notice#${"a".repeat(32)}`);
      await press("ID とパスワードを表示する");
      await alert.getByText(words).waitFor();
      expect(await reader.page.getByRole("button", { name: "ID とパスワードを表示する" }).count()).toBe(0);
    });
  }

  read("never follows a link that is no web address", async () => {
    api = {
      ...api,
      downloadCertificate: () => ({
        reply: { url: "javascript:alert(1)", fileName: "x.p12", seconds: 60 },
      }),
    };
    await signIn();
    await press("証明書ダウンロード");
    expect(await reader.page.getByRole("alert").innerText()).toContain("サービスに接続できません");
  });

  read("shows the password for the installation when asked, and forgets it at the end", async () => {
    await signIn();
    await press("表示する");
    await reader.page.getByText(password).waitFor();
    await press("終了してログイン画面に戻る");
    expect(await reader.page.getByLabel("ID", { exact: true }).inputValue()).toBe("");
    expect(await reader.page.getByLabel("Password", { exact: true }).inputValue()).toBe("");
  });

  read("shows hostile names as the text that they are", async () => {
    const name = `<img src=x onerror=alert(1)>"'&`;
    const { signIn: known } = api;
    api = {
      ...api,
      signIn: (given) => {
        const made = known(given);
        return "reply" in made ? { reply: { ...made.reply, name, fileName: name } } : made;
      },
    };
    await signIn();
    await reader.page.getByText(name).first().waitFor();
    expect(await reader.page.locator("img").count()).toBe(0);
  });
});

describe("the language", () => {
  read("of the names is the page's", async () => {
    await signIn();
    await reader.page.getByText("山田 太郎").waitFor();
    await press("English");
    await reader.page.getByText("Yamada Taro").waitFor();
    await reader.page.getByText("Reiwa Certificate Service").waitFor();
    expect(await body().innerText()).not.toMatch(/山田|令和/);
  });

  read("follows the browser, and changes without losing what was typed", async () => {
    const english = await newReader(browser, { ...phone, locale: "en-GB" });
    await english.page.goto(site.url);
    await english.page.getByRole("heading", { name: "Certificate download: sign in" }).waitFor();
    await english.page.getByLabel("ID", { exact: true }).fill(id);
    await english.page.getByRole("button", { name: "日本語" }).click();
    await english.page.getByText("事前に通知されたID、Passwordでログインして下さい。").waitFor();
    expect(await english.page.getByLabel("ID", { exact: true }).inputValue()).toBe(id);
    expect(await english.page.evaluate("document.documentElement.lang")).toBe("ja");
    expect(await english.page.title()).toBe("証明書ダウンロード ログイン画面 | Warifu");
    expect(await english.complaints()).toEqual([]);
    await english.close();
  });
});
