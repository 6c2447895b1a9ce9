/** What somebody reads who came to the wrong place, or with the wrong certificate. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itWith } from "../program.ts";
import { neededBrowser, openChromium, phone, type Visit, visit } from "./chromium.ts";
import { chooseCertificatesAt, writablePolicy } from "./chromium-policy.ts";
import { requester } from "./request.ts";
import { endpoints, fetchPkcs12, revealed, serverCa, subjects } from "./system.ts";
import { adminOrigin, company, settled, unique, yamada } from "./tenant.ts";

const { adminUrl, downloadUrl, repositoryUrl } = endpoints;
const by = await company();
const anybody = requester({ ca: serverCa });
const laptop = { viewport: { width: 1366, height: 768 }, locale: "ja-JP" } as const;

/** 山田 太郎's certificate, as it lies in his browser. */
const email = `taro-${unique()}@mytest.jp`;
const { certificates } = await by.call("registerSubscriber", { params: by, body: yamada(email, "01") });
await settled(by, certificates[0]?.certificateId ?? "");
const { id, password } = await revealed(email, subjects.subscriberCredential);
const subscriber = { p12: await fetchPkcs12({ id, password }), password };

const browser = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
const json = { Accept: "application/json" };
const html = "text/html; charset=utf-8";
const read = async (answer: Response) => ({
  status: answer.status,
  type: answer.headers.get("Content-Type"),
  text: await answer.text(),
});

describe("an address with nothing behind it", () => {
  const sites = [
    ["the administrators'", by.fetch, adminUrl],
    ["the download", anybody, downloadUrl],
  ] as const;

  it.each(sites)("is a page in a browser on %s site", async (_, fetch, url) => {
    for (const path of ["anything", "anything/else", "assets/none.js", "api/anything", "api/sign-in/x"]) {
      const { status, type, text } = await read(await fetch(url + path, { headers: browser }));
      expect([path, status, type]).toEqual([path, 404, html]);
      for (const part of ["ページが見つかりません", "Page not found", 'href="/"']) expect(text).toContain(part);
      expect(await read(await fetch(url + path, { method: "HEAD", headers: browser }))).toMatchObject({
        status: 404,
        text: "",
      });
    }
  });

  it.each(sites)("is a problem to a program on %s site", async (_, fetch, url) => {
    for (const [path, init] of [
      ["anything", { headers: json }],
      ["api/anything", {}],
      ["api/anything", { method: "POST", headers: json, body: "{}" }],
      ["notice.html", { method: "DELETE", headers: json }],
    ] as const) {
      const { status, type, text } = await read(await fetch(url + path, init));
      expect([path, status, type]).toEqual([path, 404, "application/problem+json"]);
      expect(JSON.parse(text)).toMatchObject({ type: "urn:warifu:problem:notFound", status: 404 });
    }
  });
});

describe("HEAD", () => {
  it.each([
    ["the administrators' page", by.fetch, adminUrl],
    ["the sign-in page", anybody, downloadUrl],
    ["the notice page", anybody, `${downloadUrl}notice`],
    ["the repository", anybody, repositoryUrl],
  ] as const)("of %s is as GET without the body", async (_, request, url) => {
    const ask = url.startsWith("http:") ? fetch : request;
    const [got, headed] = [await ask(url), await ask(url, { method: "HEAD" })];
    expect([got.status, headed.status]).toEqual([200, 200]);
    for (const name of ["Content-Type", "Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"]) {
      expect(headed.headers.get(name)).toBe(got.headers.get(name));
    }
    expect((await got.text()).length).toBeGreaterThan(100);
    expect(await headed.text()).toBe("");
  });
});

describe("a subscriber's certificate at the administrators' site", () => {
  it("gets a page that says which certificate is wrong and what to do, and nothing of anybody", async () => {
    const his = requester({ ca: serverCa, pfx: subscriber.p12, passphrase: subscriber.password });
    const page = await read(await his(adminUrl, { headers: browser }));
    expect(page).toMatchObject({ status: 403, type: html });
    for (const part of [
      "この電子証明書では",
      "ウィンドウをすべて閉じます",
      "Close all browser windows",
      "Administrators CA",
    ]) {
      expect(page.text).toContain(part);
    }
    expect(page.text).not.toMatch(/Reiwa|令和|mytest/);
    // A program reads JSON, and no page nor any call is behind it.
    const problem = await read(await his(`${adminUrl}api/session`, { headers: json }));
    expect([problem.status, JSON.parse(problem.text)]).toMatchObject([403, { type: "about:blank" }]);
  });
});

const needed = neededBrowser.present ? writablePolicy : neededBrowser;
const patience = 180_000;
const endings: (() => Promise<unknown>)[] = [];
let his: Visit;
let lost: Visit;

beforeAll(async () => {
  if (!needed.present) return;
  endings.push(await chooseCertificatesAt(adminOrigin));
  const { browser: opened, close } = await openChromium({ serverCaPem: endpoints.serverCaPem, holder: subscriber });
  endings.push(close);
  his = await visit(opened, laptop);
  lost = await visit(opened, phone);
}, patience);
afterAll(async () => {
  for (const end of endings.toReversed()) await end();
}, patience);

/** Chromium notes every 403 and 404 as an error of its own. */
const complaints = ({ complaints: all }: Visit) => all.filter((line) => !line.includes("Failed to load resource"));

describe("in a browser", () => {
  itWith(
    needed,
    "the wrong certificate is answered by a page that can be read and used",
    async () => {
      await his.page.goto(adminUrl);
      await his.page
        .getByRole("heading", { level: 1, name: "この電子証明書では、システム管理画面を開けません" })
        .waitFor();
      await his.picture("error-wrong-certificate");
      await his.look("wrong certificate");
      expect(complaints(his)).toEqual([]);
    },
    patience,
  );

  itWith(
    needed,
    "a broken link on a phone leads to a page with the way on",
    async () => {
      await lost.page.goto(`${downloadUrl}notic`);
      await lost.page.getByRole("heading", { level: 1, name: "ページが見つかりません" }).waitFor();
      await lost.picture("error-not-found-phone");
      await lost.look("not found");
      await lost.page.getByRole("link", { name: "このサイトの最初の画面を開く" }).click();
      await lost.page.getByRole("heading", { level: 1, name: "証明書ダウンロード ログイン画面" }).waitFor();
      expect(complaints(lost)).toEqual([]);
    },
    patience,
  );
});
