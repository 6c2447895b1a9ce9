import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, transaction } from "../../../lib/local/aws/database.ts";
import type { HttpServer } from "../../../lib/local/aws/http.ts";
import { serveMailbox } from "../../../lib/local/aws/ses/mailbox.ts";
import { openMails } from "../../../lib/local/aws/ses/mails.ts";
import { itWith } from "../../program.ts";
import { chromiumProgram, openBrowser } from "../../web/admin/browser.ts";

const folder = mkdtempSync(join(tmpdir(), "warifu-mailbox-"));
const database = openDatabase(join(folder, "services.sqlite"));
const mails = openMails(database, (work) => transaction(database, work));
const accept = (subject: string, to: string) =>
  mails.accept(Buffer.from(`Subject: ${subject}\r\n\r\n${subject}`), "from@example.jp", [to], Date.now());
let mailbox: HttpServer;
beforeAll(async () => {
  mailbox = await serveMailbox(mails, 0);
  for (let number = 1; number <= 120; number += 1)
    await accept(`Mail ${number}.`, number % 40 === 0 ? "fortieth@example.jp" : "other@example.jp");
});
afterAll(async () => {
  await mailbox.close();
  database.close();
  rmSync(folder, { recursive: true });
});

const text = async (path: string): Promise<string> => (await fetch(mailbox.url + path)).text();
const older = (page: string): string => /href="([^"]+)">以前/.exec(page)?.[1]?.replaceAll("&#38;", "&") ?? "none";
const subjects = (page: string): readonly string[] => page.match(/Mail \d+\./g) ?? [];

describe("the mailbox", () => {
  it("says how many mails there are and shows them in pages, newest first", async () => {
    const first = await text("/");
    expect(first).toContain("1–50 / 全 120 通");
    expect([subjects(first).length, subjects(first)[0]]).toEqual([50, "Mail 120."]);
    const second = await text(older(first));
    expect(second).toContain("51–100 / 全 120 通");
    expect(subjects(second)[0]).toBe("Mail 70.");
    const third = await text(older(second));
    expect(third).toContain("101–120 / 全 120 通");
    expect([subjects(third).at(-1), older(third)]).toEqual(["Mail 1.", "none"]);
  });

  it("counts the mails of one recipient alone", async () => {
    const page = await text("/?to=Fortieth@example.jp");
    expect(page).toContain("1–3 / 全 3 通");
    expect(subjects(page)).toEqual(["Mail 120.", "Mail 80.", "Mail 40."]);
  });

  it("marks a mail as unread until it is opened", async () => {
    const rowOf = async (subject: string) =>
      new RegExp(`(<li[^>]*>)<a[^>]*><strong>${subject}`).exec(await text("/"))?.[1];
    expect(await rowOf("Mail 119.")).toBe('<li class="unread">');
    const id = /\/message\/\d+(?="><strong>Mail 119\.)/.exec(await text("/"))?.[0] ?? "";
    await text(id);
    expect(await rowOf("Mail 119.")).toBe("<li>");
    expect(await rowOf("Mail 118.")).toBe('<li class="unread">');
  });

  it("gives programs all mails, oldest first, of everybody or of one", async () => {
    const all = JSON.parse(await text("/messages")) as { subject: string }[];
    expect(all.map(({ subject }) => subject)).toEqual(Array.from({ length: 120 }, (_, at) => `Mail ${at + 1}.`));
    const theirs = JSON.parse(await text("/messages?to=fortieth@example.jp")) as { subject: string }[];
    expect(theirs.map(({ subject }) => subject)).toEqual(["Mail 40.", "Mail 80.", "Mail 120."]);
    expect(await text("/messages?to=nobody@example.jp")).toBe("[]");
  });

  itWith(chromiumProgram, "shows a new mail by itself, and keeps what is being typed", async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(mailbox.url);
      await page.getByRole("textbox").fill("half@");
      await accept("Fresh", "other@example.jp");
      await page.getByText("Fresh").waitFor({ timeout: 20_000 });
      expect(await page.getByRole("textbox").inputValue()).toBe("half@");
    } finally {
      await browser.close();
    }
  });
});
