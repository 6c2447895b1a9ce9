import { describe, expect, it } from "vitest";
import type { NoticeFacts, WordedKind } from "../../lambdas/notices/texts/facts.ts";
import { renderNotice } from "../../lambdas/notices/texts/render.ts";

const addressed = { brand: "Warifu", recipientName: "山田 太郎", companyName: "令和証明書サービス" } as const;
const ofCertificate = { ...addressed, device: "11", notAfter: "2031-11-22T15:00:00Z", days: 14 } as const;
const downloadUrl = "https://download.example/";
const noticeUrl = "https://download.example/notice#k3Vw9-hZt_0123456789AbCd";
const adminUrl = "https://admin.example/";
const listed = {
  name: "鈴木 花子",
  commonName: "Suzuki Hanako",
  serialNumber: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  certificateEmail: "hanako@mytest.example",
  device: "01",
  notAfter: "2031-11-22T15:00:00Z",
} as const;
const ofPlan = {
  ...addressed,
  adminUrl,
  actedBy: "令和 三郎",
  on: "2026-11-22T15:00:00Z",
  certificates: [listed],
} as const;

const ofImport = {
  ...addressed,
  adminUrl,
  actedBy: "令和 三郎",
  fileName: "file.csv",
  rows: 10,
  done: 7,
  failed: 0,
  skipped: 0,
  bulkDownload: false,
  causes: [],
  errors: 0,
  importUrl: `${adminUrl}#/imports/t0123456789-j000000000000`,
} as const;

const facts: NoticeFacts = {
  "administrator-download": { ...ofCertificate, downloadUrl, adminUrl },
  "administrator-credential": { ...ofCertificate, noticeUrl },
  "subscriber-download": { ...ofCertificate, downloadUrl },
  "subscriber-credential": { ...ofCertificate, noticeUrl },
  revocation: {
    ...addressed,
    adminUrl,
    actedBy: "令和 三郎",
    certificates: [
      { ...listed, reason: "keyCompromise", revokedAt: "2026-11-22T14:59:00Z" },
      { ...listed, name: "佐藤 次郎", reason: "unspecified", revokedAt: "2026-11-22T15:00:00Z" },
    ],
  },
  "revocation-planned": { ...ofPlan, reason: "superseded" },
  "revocation-cancelled": { ...ofPlan, reason: "unspecified" },
  "revocation-done": {
    ...addressed,
    adminUrl,
    actedBy: "nightly",
    count: 3,
    certificates: [{ ...listed, reason: "superseded", revokedAt: "2026-11-22T15:00:00Z" }],
  },
  "import-register": ofImport,
  "import-register-errors": { ...ofImport, failed: 3, errors: 3, causes: ["3 9 …", "7 …"] },
  "import-revoke": { ...ofImport, skipped: 2, on: "2026-11-22T15:00:00Z" },
  "import-revoke-errors": { ...ofImport, rows: 0, done: 0, errors: 1, causes: ["1 …"] },
  "import-package": { ...ofImport, bulkDownload: true },
  "credential-shown": {
    ...addressed,
    adminUrl,
    actedBy: "運用担当",
    shownAt: "2026-11-22T15:00:00Z",
    certificates: [listed],
  },
};
const kinds = Object.keys(facts) as WordedKind[];
const languages = ["ja", "en"] as const;
const every = kinds.flatMap((kind) => languages.map((language) => ({ kind, language })));

/** One fact replaced everywhere, whatever its place. */
const replaced = <T>(value: T, hostile: string): T =>
  JSON.parse(
    JSON.stringify(value, (name, one: unknown) =>
      ["brand", "recipientName", "companyName", "actedBy", "name", "commonName", "certificateEmail"].includes(name)
        ? hostile
        : one,
    ),
  ) as T;

describe("renderNotice", () => {
  it("titles the mails as the administrator's manual prints them", () => {
    const titles = kinds.map((kind) => [kind, renderNotice(kind, "ja", facts[kind]).subject]);
    expect(Object.fromEntries(titles)).toEqual({
      "administrator-download": "管理者用電子証明書をダウンロードしてください",
      "administrator-credential": "ログインID とパスワードのご案内（電子証明書ダウンロードページ）",
      "subscriber-download": "電子証明書の「秘密の鍵」を登録してください",
      "subscriber-credential": "ログインIDとパスワードのご案内（電子証明書の「秘密の鍵」登録ページ）",
      revocation: "電子証明書失効通知",
      "revocation-planned": "電子証明書失効通知",
      "revocation-cancelled": "電子証明書失効予定取消通知",
      "revocation-done": "電子証明書失効通知",
      "import-register": "利用者一括登録受付通知",
      "import-register-errors": "利用者一括登録受付エラー通知",
      "import-revoke": "利用者一括失効受付通知",
      "import-revoke-errors": "利用者一括失効受付エラー通知",
      "import-package": "CSV発行証明書ダウンロード通知",
      "credential-shown": "IDとパスワードの表示に関するお知らせ",
    });
  });

  it.each(every)("says who it is for, what to do and what if unexpected: $kind in $language", ({ kind, language }) => {
    const { text, html } = renderNotice(kind, language, facts[kind]);
    for (const form of [text, html]) {
      for (const part of [addressed.recipientName, addressed.companyName, addressed.brand])
        expect(form).toContain(part);
      expect(form).toMatch(language === "ja" ? /お心当たりがない場合/ : /If you did not expect this/);
      expect(form).not.toMatch(/undefined|NaN|\[object/);
    }
    expect(text).toMatch(/^1\. .+\n2\. /m);
    expect(html).toMatch(/<ol [^>]*><li/);
  });

  it.each(every.filter(({ kind }) => /^(administrator|subscriber)-/.test(kind)))(
    "says until when and for which device: $kind in $language",
    ({ kind, language }) => {
      const { text } = renderNotice(kind, language, facts[kind]);
      // The file can be had for longer: until its key is destroyed.
      expect(text).toMatch(
        language === "ja" ? /パスワードを表示できる期間\n.*14日間/ : /password are shown\n.*14 days/,
      );
      expect(text).toMatch(/iPhone/);
      // 15:00 UTC is the next day in Japan.
      expect(text).toContain("2031/11/23");
    },
  );

  it.each(every)("carries the one-time link in a credential mail alone: $kind in $language", ({ kind, language }) => {
    // Even where the caller hands over more than the mail asks for.
    const given = { ...facts[kind], downloadUrl, noticeUrl, adminUrl };
    const { subject, text, html } = renderNotice(kind, language, given);
    const credential = kind.endsWith("-credential");
    expect(text.includes(noticeUrl)).toBe(credential);
    expect(html.includes(`href="${noticeUrl}"`)).toBe(credential);
    expect(subject).not.toContain("#");
    // Whoever reads that one mail must not find the page to sign in to as well.
    expect(new RegExp(`${downloadUrl}(?!notice)`).test(text)).toBe(kind.endsWith("-download"));
  });

  it.each(languages)("words no mail in the other language (%s)", (language) => {
    for (const kind of kinds) {
      const { text, html, subject } = renderNotice(kind, language, replaced(facts[kind], "N"));
      expect(html).toContain(`<html lang="${language}">`);
      if (language === "ja") expect(subject).toMatch(/[ぁ-ん]|通知/);
      else expect(subject + text + html.replace(/style="[^"]*"/g, "")).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
    }
  });

  it.each(every)("escapes hostile names: $kind in $language", ({ kind, language }) => {
    const hostile = `<script>alert("1")</script>'&`;
    const { html } = renderNotice(kind, language, replaced(facts[kind], hostile));
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;");
  });

  it.each(every)(
    "lets no name break a line, a title or the reading order: $kind in $language",
    ({ kind, language }) => {
      const hostile = "A\r\nBcc: x@y.example\r\n\r\n\u202eB\u2028C\u0000";
      const plain = renderNotice(kind, language, replaced(facts[kind], "A"));
      const made = renderNotice(kind, language, replaced(facts[kind], hostile));
      expect(made.subject).toBe(plain.subject);
      expect(made.subject).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
      expect(made.text.split("\n").length).toBe(plain.text.split("\n").length);
      for (const letter of ["\r", "\u0000", "\u202e", "\u2028"]) expect(made.text + made.html).not.toContain(letter);
      expect(made.text).not.toMatch(/^Bcc:/m);
    },
  );

  it("makes no link of what is no web address", () => {
    const given = { ...facts["administrator-download"], downloadUrl: 'javascript:alert(1)//"' };
    expect(renderNotice("administrator-download", "ja", given).html).not.toContain('href="javascript');
  });

  it.each(languages)("lists every revoked certificate with its reason and time (%s)", (language) => {
    const { text } = renderNotice("revocation", language, facts.revocation);
    for (const { name, serialNumber, commonName, certificateEmail } of facts.revocation.certificates)
      for (const part of [name, serialNumber, commonName, certificateEmail]) expect(text).toContain(part);
    for (const part of ["2026/11/22 23:59", "2026/11/23 00:00", "令和 三郎"]) expect(text).toContain(part);
    expect(text).toMatch(language === "ja" ? /鍵の危殆化/ : /Key compromise/);
  });

  it.each(languages)("tells the truth about the day of a planned revocation (%s)", (language) => {
    const planned = renderNotice("revocation-planned", language, facts["revocation-planned"]);
    const cancelled = renderNotice("revocation-cancelled", language, facts["revocation-cancelled"]);
    for (const { text } of [planned, cancelled]) expect(text).toContain("2026/11/23");
    expect(planned.text).toMatch(
      language === "ja" ? /午前0時（日本時間）に失効します/ : /at 0:00 of that day, Japan time/,
    );
    expect(planned.text).not.toMatch(language === "ja" ? /件を失効しました/ : /were revoked/);
    expect(cancelled.text).toMatch(language === "ja" ? /引き続き使用できます/ : /can still be used/);
  });

  it.each(languages)("counts in the digest what it does not list (%s)", (language) => {
    const { text } = renderNotice("revocation-done", language, facts["revocation-done"]);
    expect(text).toMatch(language === "ja" ? /電子証明書 3 件を、予定どおり失効しました/ : /as planned \(3\)/);
    expect(text).toMatch(language === "ja" ? /ほか 2 件/ : /^2 more/m);
    expect(text).toContain("2026/11/23 00:00");
  });

  it("loads nothing from anywhere", () => {
    for (const { kind, language } of every)
      expect(renderNotice(kind, language, facts[kind]).html).not.toMatch(/<(img|link|script|style|iframe)|url\(/);
  });
});
