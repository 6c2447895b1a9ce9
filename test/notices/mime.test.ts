import * as fc from "fast-check";
import PostalMime from "postal-mime";
import { describe, expect, it } from "vitest";
import { type Letter, mimeOf as composed } from "../../lambdas/notices/mime.ts";

const now = new Date("2026-11-22T03:00:00Z");
const letter: Letter = {
  from: { name: "割符", address: "no-reply@warifu.example.jp" },
  to: { name: "令和 三郎", address: "saburo@mytest.jp" },
  subject: "ログインIDとパスワードのご案内（電子証明書の「秘密の鍵」登録ページ）",
  text: "山田 太郎 様\n\n電子証明書を発行しました。\n",
  html: '<!doctype html>\n<html lang="ja"><body><p>山田 太郎 様</p></body></html>\n',
};
const mimeOf = async (letter: Letter, now: Date) => (await composed(letter, now)).toString("ascii");
const read = (mime: string) => PostalMime.parse(mime);
const lines = (mime: string) => mime.split("\r\n");
const headersOf = (mime: string) => lines(mime.slice(0, mime.indexOf("\r\n\r\n")));

/** Whole characters of any script, no lone surrogates, no control characters. */
const text = (maxLength: number) =>
  fc.string({ unit: "binary", minLength: 1, maxLength }).map((one) => one.replace(/\p{C}/gu, "字").trim() || "字");

describe("a letter's MIME", () => {
  it("is read back as it was written, whatever its names, subject and texts are", async () => {
    await fc.assert(
      fc.asyncProperty(
        text(80),
        text(80),
        text(200),
        text(2000),
        text(2000),
        async (from, to, subject, plain, html) => {
          const mime = await mimeOf(
            { from: { ...letter.from, name: from }, to: { ...letter.to, name: to }, subject, text: plain, html },
            now,
          );
          const found = await read(mime);
          expect([found.from, found.to?.[0]]).toMatchObject([
            { name: from, address: letter.from.address },
            { name: to, address: letter.to.address },
          ]);
          expect([found.subject, found.text?.trimEnd(), found.html?.trimEnd()]).toEqual([
            subject,
            plain.trimEnd(),
            html.trimEnd(),
          ]);
          // RFC 5322 §2.1.1 and RFC 2047 §2.
          expect(lines(mime).filter((line) => line.length > 76 || /[^ -~]/.test(line))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("leaves a plain subject plain, and a name with an address in it a name", async () => {
    const mime = await mimeOf(
      { ...letter, from: { ...letter.from, name: "Warifu, Inc. <x@y>" }, subject: "Your certificate" },
      now,
    );
    expect(headersOf(mime)).toContain("Subject: Your certificate");
    expect((await read(mime)).from).toEqual({ name: "Warifu, Inc. <x@y>", address: letter.from.address });
  });

  it.each(["a\r\nBcc: x@y.jp", 'a" <x@y.jp>, "b', "a\\"])("takes the name %j as a name", async (name) => {
    const found = await read(await mimeOf({ ...letter, to: { ...letter.to, name }, subject: name }, now));
    expect(found.to).toHaveLength(1);
    expect(found.to?.[0]?.address).toBe(letter.to.address);
    expect(found.headers.map(({ key }) => key)).not.toContain("bcc");
    expect(found.subject).toBe(name.replace("\r\n", " "));
  });

  it.each(["a@b.jp>, <c@d.jp", "a@b.jp\r\nBcc: c@d.jp", "a b@c.jp", "鍵@b.jp", "a", ""])(
    "refuses the address %j",
    async (address) => {
      await expect(async () => mimeOf({ ...letter, to: { name: "a", address } }, now)).rejects.toThrow(TypeError);
    },
  );

  it("has an id of its own each time, in the sender's domain", async () => {
    const ids = await Promise.all([1, 2].map(async () => (await read(await mimeOf(letter, now))).messageId));
    expect(new Set(ids).size).toBe(2);
    expect(ids[0]).toMatch(/@warifu\.example\.jp>$/);
  });
});
