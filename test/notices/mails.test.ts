import { describe, expect, it } from "vitest";
import { type GivenOf, mails, type NoticeKind } from "../../lambdas/notices/mails.ts";
import type { Mail } from "../../lambdas/notices/mails/mail.ts";
import { render } from "../../lambdas/notices/render.ts";
import { packageWords } from "../../web/admin/imports/package-words.ts";
import { texts as downloadWords } from "../../web/download/texts.ts";

const addressed = { brand: "Warifu", recipientName: "山田 太郎", companyName: "令和証明書サービス" } as const;
const ofCertificate = {
  ...addressed,
  device: "11",
  notAfter: "2031-11-22T15:00:00Z",
  days: 14,
  resent: false,
  otherSubject: "別のメールの題名",
} as const;
const downloadUrl = "https://download.example/";
const noticeUrl = "https://download.example/notice#k3Vw9-hZt_0123456789AbCd";
const adminUrl = "https://admin.example/";
const listed = {
  certificateId: "t0123456789-c000000000000",
  name: "鈴木 花子",
  service: "NRAサービス",
  organization: "大阪支社",
  commonName: "Suzuki Hanako",
  serialNumber: "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
  certificateEmail: "hanako@mytest.example",
  device: "01",
  notBefore: "2026-11-22T15:00:00Z",
  notAfter: "2031-11-22T15:00:00Z",
} as const;
const act = {
  ...addressed,
  adminUrl,
  actedBy: "令和 三郎",
  at: "2026-11-22T15:00:00Z",
  certificates: [listed],
  count: 1,
  told: undefined,
} as const;
const twoRevoked = [
  { ...listed, revoked: { reason: "keyCompromise", at: "2026-11-22T14:59:00Z" } },
  { ...listed, name: "佐藤 次郎", device: "20", revoked: { reason: "unspecified", at: "2026-11-22T15:00:00Z" } },
] as const;
const file = {
  jobId: "t0123456789-j000000000000",
  fileName: "file.csv",
  rows: 3000,
  done: 2997,
  failed: 0,
  skipped: 0,
  stopped: 0,
  bulkDownload: false,
  causes: [],
  errors: 0,
} as const;
const ofFile = { ...act, certificates: [], count: 0, service: "NRAサービス", organization: "大阪支社" } as const;

const given: { readonly [K in NoticeKind]: GivenOf<K> } = {
  "administrator-download": { ...ofCertificate, downloadUrl, adminUrl },
  "administrator-credential": { ...ofCertificate, noticeUrl },
  "subscriber-download": { ...ofCertificate, downloadUrl, adminUrl },
  "subscriber-credential": { ...ofCertificate, noticeUrl },
  revocation: { ...act, certificates: twoRevoked, count: 2 },
  "revocation-planned": { ...act, told: { on: "2026-11-22T15:00:00Z", reason: "superseded" } },
  "revocation-cancelled": { ...act, told: { plannedFor: { [listed.certificateId]: "2026-11-22T15:00:00Z" } } },
  "revocation-done": { ...act, certificates: twoRevoked, count: 1234 },
  "administrator-revoked": {
    ...act,
    told: {
      name: "令和 四郎",
      email: "shiro@example.jp",
      files: [
        { jobId: file.jobId, fileName: file.fileName, operation: "register", rows: 3000, done: 2000, stopped: 1000 },
        { jobId: file.jobId, fileName: file.fileName, operation: "revoke", rows: 0, done: 0, stopped: 0 },
      ],
      fileCount: 3,
      plannedFor: { [listed.certificateId]: "2026-11-22T15:00:00Z" },
    },
  },
  "credential-shown": act,
  "package-taken": { ...ofFile, count: 2997, told: { jobId: file.jobId, fileName: file.fileName } },
  "import-register": { ...ofFile, told: file },
  "import-register-errors": { ...ofFile, told: { ...file, failed: 3, errors: 3, causes: ["3 9 …", "7 …"] } },
  "import-revoke": { ...ofFile, told: { ...file, skipped: 2, on: "2026-11-22T15:00:00Z" } },
  "import-revoke-errors": { ...ofFile, told: { ...file, rows: 0, done: 0, errors: 1, causes: ["1 …"] } },
  "import-register-stopped": { ...ofFile, told: { ...file, done: 2000, stopped: 997, stoppedBy: "令和 三郎" } },
  "import-revoke-stopped": { ...ofFile, told: { ...file, rows: 0, done: 0, errors: 1, causes: ["…"] } },
  "import-package": { ...ofFile, told: { ...file, bulkDownload: true } },
};
const kinds = Object.keys(mails) as NoticeKind[];
const languages = ["ja", "en"] as const;
const every = kinds.flatMap((kind) => languages.map((language) => ({ kind, language })));
const holders = every.filter(({ kind }) => mails[kind].audience === "holder");

/** The mail of a kind, of what it is given here or of other facts. */
const rendered = (kind: NoticeKind, language: "ja" | "en", facts: unknown = given[kind]) =>
  render(mails[kind] as Mail<unknown>, language, facts);

/** One fact replaced everywhere, whatever its place. */
const hostileFacts = [
  "brand",
  "recipientName",
  "companyName",
  "actedBy",
  "name",
  "commonName",
  "certificateEmail",
  "service",
  "organization",
  "fileName",
  "otherSubject",
  "stoppedBy",
];
const replaced = <T>(value: T, hostile: string): T =>
  JSON.parse(JSON.stringify(value, (name, one: unknown) => (hostileFacts.includes(name) ? hostile : one))) as T;

describe("a mail", () => {
  it("is titled as the administrator's manual prints it", () => {
    expect(Object.fromEntries(kinds.map((kind) => [kind, rendered(kind, "ja").subject]))).toEqual({
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
      "import-register-stopped": "利用者一括登録中止通知",
      "import-revoke-stopped": "利用者一括失効中止通知",
      "administrator-revoked": "管理者の失効に関するお知らせ",
      "import-package": "CSV発行証明書ダウンロード通知",
      "package-taken": "証明書と秘密の鍵の一括ダウンロードに関するお知らせ",
      "credential-shown": "ID とパスワードの表示に関するお知らせ",
    });
  });

  it.each(every)("says who it is for, what to do and what if unexpected: $kind in $language", ({ kind, language }) => {
    const { text, html } = rendered(kind, language);
    for (const form of [text, html]) {
      for (const part of [addressed.recipientName, addressed.companyName, addressed.brand])
        expect(form).toContain(part);
      expect(form).toMatch(language === "ja" ? /お心当たりがない場合/ : /If you did not expect this/);
      expect(form).not.toMatch(/undefined|NaN|\[object/);
    }
    expect(text).toMatch(/^1\. .+\n2\. /m);
    expect(html).toMatch(/<ol [^>]*><li/);
  });

  it.each(languages)("is in no other language (%s)", (language) => {
    for (const kind of kinds) {
      const { text, html, subject } = rendered(kind, language, replaced(given[kind], "N"));
      expect(html).toContain(`<html lang="${language}">`);
      if (language === "ja") expect(subject).toMatch(/[ぁ-ん]|通知/);
      else expect(subject + text + html.replace(/style="[^"]*"/g, "")).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
    }
  });

  it.each(every)("escapes hostile names: $kind in $language", ({ kind, language }) => {
    const hostile = `<script>alert("1")</script>'&`;
    const { html } = rendered(kind, language, replaced(given[kind], hostile));
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;");
  });

  it.each(every)(
    "lets no name break a line, a title or the reading order: $kind in $language",
    ({ kind, language }) => {
      const hostile = "A\r\nBcc: x@y.example\r\n\r\n\u202eB\u2028C\u0000";
      const plain = rendered(kind, language, replaced(given[kind], "A"));
      const made = rendered(kind, language, replaced(given[kind], hostile));
      expect(made.subject).toBe(plain.subject);
      expect(made.subject).toMatch(/^[^\p{Cc}\p{Cf}]+$/u);
      expect(made.text.split("\n").length).toBe(plain.text.split("\n").length);
      for (const letter of ["\r", "\u0000", "\u202e", "\u2028"]) expect(made.text + made.html).not.toContain(letter);
      expect(made.text).not.toMatch(/^Bcc:/m);
    },
  );

  it("makes no link of what is no web address", () => {
    const facts = { ...given["administrator-download"], downloadUrl: 'javascript:alert(1)//"' };
    expect(rendered("administrator-download", "ja", facts).html).not.toContain('href="javascript');
  });

  it("loads nothing from anywhere", () => {
    for (const { kind, language } of every)
      expect(rendered(kind, language).html).not.toMatch(/<(img|link|script|style|iframe)|url\(/);
  });

  it.each(languages)("sends nobody to what does not exist (%s)", (language) => {
    for (const kind of kinds)
      expect(rendered(kind, language).text).not.toMatch(/再発行|発行手続き|再度の手続き|reissue|arranged? /i);
  });

  it("spells what it names in one way", () => {
    for (const kind of kinds) {
      const { text } = rendered(kind, "ja");
      // The manual's own titles are printed as they are.
      expect(text.replaceAll(/「ログインID[^」]*」[^」]*」/g, "")).not.toMatch(
        /IDとパスワード|IDおよび|シリアル番号|\bCN\b/,
      );
    }
  });
});

describe("a mail to a certificate's holder", () => {
  it.each(holders)("says until when, and who sends it again: $kind in $language", ({ kind, language }) => {
    const { text } = rendered(kind, language);
    // The file can be had for longer: until its key is destroyed.
    expect(text).toMatch(language === "ja" ? /パスワードを表示できる期間\n.*14日間/ : /password are shown\n.*14 days/);
    const resender = {
      administrator: { ja: /サービス提供会社に案内メールの再送を依頼/, en: /ask the provider of Warifu to send these/ },
      subscriber: { ja: /貴社の管理者に案内メールの再送を依頼/, en: /ask your company’s administrator to send these/ },
    }[kind.startsWith("administrator") ? "administrator" : "subscriber"];
    expect(text).toMatch(resender[language]);
    // 15:00 UTC is the next day in Japan.
    expect(text).toContain("2031/11/23");
  });

  it.each(holders)(
    "says in its first sentence which device it is for, if it is a subscriber's: $kind in $language",
    ({ kind, language }) => {
      const { text } = rendered(kind, language);
      const [, first = ""] = text.split("\n\n");
      // An administrator's PC may be a Mac.
      if (kind.startsWith("administrator")) expect(text).not.toMatch(/iPhone|Windows ?PC/);
      else expect(first.split(/。|\. /)[0]).toContain(language === "ja" ? "iOS(iPhone) 用" : "iOS (iPhone)");
    },
  );

  it.each(holders)("names no device that has no name: $kind in $language", ({ kind, language }) => {
    const { text } = rendered(kind, language, { ...given[kind], device: "99" });
    expect(text).not.toMatch(language === "ja" ? /その他 用|（その他）/ : /for Other|\(Other\)/);
  });

  it.each(holders)("names the other mail: $kind in $language", ({ kind, language }) => {
    expect(rendered(kind, language).text).toContain(ofCertificate.otherSubject);
  });

  it.each(holders)("says so when it is sent again: $kind in $language", ({ kind, language }) => {
    const again = language === "ja" ? /前回ご案内したものと同じです/ : /the same as before/;
    expect(rendered(kind, language).text).not.toMatch(again);
    expect(rendered(kind, language, { ...given[kind], resent: true }).text).toMatch(again);
  });

  it.each(every)(
    "alone carries the one-time link, and never with the download's: $kind in $language",
    ({ kind, language }) => {
      // Even where the caller hands over more than the mail asks for.
      const { subject, text, html } = rendered(kind, language, { ...given[kind], downloadUrl, noticeUrl, adminUrl });
      const credential = kind.endsWith("-credential");
      expect(text.includes(noticeUrl)).toBe(credential);
      expect(html.includes(`href="${noticeUrl}"`)).toBe(credential);
      expect(subject).not.toContain("#");
      // Whoever reads that one mail must not find the page to sign in to as well.
      expect(new RegExp(`${downloadUrl}(?!notice)`).test(text)).toBe(kind.endsWith("-download"));
    },
  );

  it.each(languages)("quotes the buttons of the download site (%s)", (language) => {
    const { reveal, signIn, download } = downloadWords[language];
    const quoted = (word: string) => (language === "ja" ? `「${word}」` : `“${word}”`);
    expect(rendered("subscriber-credential", language).text).toContain(quoted(reveal));
    for (const word of [signIn, download])
      expect(rendered("subscriber-download", language).text).toContain(quoted(word));
  });

  it.each(languages)("tells an administrator what a missing certificate looks like (%s)", (language) => {
    const { text } = rendered("administrator-download", language);
    expect(text).toContain("ERR_CONNECTION_RESET");
    expect(text).toMatch(language === "ja" ? /ウィンドウをすべて閉じて/ : /close all windows/);
  });
});

describe("a mail about revocations", () => {
  it.each(languages)("lists every revoked certificate with its device, place, reason and time (%s)", (language) => {
    const { text } = rendered("revocation", language);
    const device = language === "ja" ? "WindowsPC" : "Windows PC";
    for (const part of ["鈴木 花子", "佐藤 次郎", listed.serialNumber, listed.commonName, listed.certificateEmail])
      expect(text).toContain(part);
    for (const part of [
      device,
      "Android",
      "NRAサービス",
      "大阪支社",
      "2026/11/22 23:59",
      "2026/11/23 00:00",
      "令和 三郎",
    ])
      expect(text).toContain(part);
    expect(text).toMatch(language === "ja" ? /鍵の危殆化/ : /Key compromise/);
    expect(text).toMatch(language === "ja" ? /失効理由: 指定なし/ : /Reason: Not specified/);
  });

  it("lists as revoked only what is", () => {
    const { text } = rendered("revocation", "ja", { ...given.revocation, certificates: [...twoRevoked, listed] });
    expect(text.match(/シリアルナンバー/g)).toHaveLength(2);
  });

  it.each(languages)("tells the truth about the day of a planned revocation (%s)", (language) => {
    const planned = rendered("revocation-planned", language);
    const cancelled = rendered("revocation-cancelled", language);
    for (const { text } of [planned, cancelled]) expect(text).toContain("2026/11/23");
    expect(planned.text).toMatch(
      language === "ja" ? /午前0時（日本時間）に失効します/ : /at 0:00 of that day, Japan time/,
    );
    expect(planned.text).not.toMatch(language === "ja" ? /件を失効しました/ : /were revoked/);
    expect(cancelled.text).toMatch(language === "ja" ? /引き続き使用できます/ : /can still be used/);
  });

  it.each(languages)("counts what it does not list (%s)", (language) => {
    const { text } = rendered("revocation-done", language);
    expect(text).toMatch(language === "ja" ? /電子証明書 1,234 件を、予定どおり失効しました/ : /as planned \(1,234\)/);
    expect(text).toMatch(language === "ja" ? /ほか 1,232 件/ : /^1,232 more/m);
    expect(text).toContain("2026/11/23 00:00");
  });
});

describe("a mail about a file", () => {
  it.each(every.filter(({ kind }) => kind.startsWith("import-")))(
    "says which file, of which service and organization, and where its page is: $kind in $language",
    ({ kind, language }) => {
      const { text } = rendered(kind, language);
      for (const part of ["file.csv", "NRAサービス", "大阪支社", "令和 三郎", `${adminUrl}#/imports/${file.jobId}`])
        expect(text).toContain(part);
      if (kind !== "import-revoke-errors" && kind !== "import-revoke-stopped")
        expect(text).toMatch(language === "ja" ? /3,000 行/ : /Rows: 3,000/);
    },
  );

  it.each(languages)("quotes the button of the file's page (%s)", (language) => {
    expect(rendered("import-package", language).text).toContain(
      language === "ja" ? `「${packageWords.ja.fetch}」` : `“${packageWords.en.fetch}”`,
    );
  });
});
