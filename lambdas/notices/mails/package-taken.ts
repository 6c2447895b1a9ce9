import { jstTime } from "../../contract/jst.ts";
import { grouped, heading, link, steps, terms, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";

/** The file whose package was taken. */
type Taken = { readonly jobId: string; readonly fileName: string };

/** Somebody was given a link to the keys and passwords of a file's certificates. */
export const packageTaken = administratorsMail({
  facts: ({ told, ...given }: ActGiven<Taken>) => ({
    ...given,
    ...told,
    fileUrl: `${given.adminUrl}#/imports/${told.jobId}`,
  }),
  ja: {
    subject: "証明書と秘密の鍵の一括ダウンロードに関するお知らせ",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        `CSVファイルで発行した電子証明書 ${grouped(facts.count)} 件について、証明書・秘密の鍵・パスワードの入った ZIP ファイルがダウンロードされました。`,
      ),
      terms("操作", [
        ["操作をした方", facts.actedBy],
        ["日時", `${jstTime(facts.at)}（日本時間）`],
        ["ファイル名", facts.fileName],
        ["証明書の数", `${grouped(facts.count)} 件`],
      ]),
      heading("ご確認いただきたいこと"),
      steps(
        "業務上必要な操作であったことをご確認ください。必要な操作であれば、お手続きは不要です。",
        "不審な操作と思われるときは、ただちに「システム管理画面」から該当の証明書を失効してください。",
      ),
      link("CSV処理結果 URL（システム管理画面）", facts.fileUrl),
      heading("お心当たりがない場合"),
      words(`操作をした方に至急ご確認のうえ、${facts.brand} のサービス提供会社へご連絡ください。`),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "Certificates and private keys were downloaded together",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        `The ZIP file with the certificates, private keys and passwords of a CSV file was downloaded (${grouped(facts.count)} certificates).`,
      ),
      terms("What was done", [
        ["Downloaded by", facts.actedBy],
        ["At", `${jstTime(facts.at)} (Japan time)`],
        ["File name", facts.fileName],
        ["Certificates", grouped(facts.count)],
      ]),
      heading("What to do"),
      steps(
        "Check that there was a reason for it. If so, there is nothing else to do.",
        "If it looks suspicious, revoke the certificates on the administration site immediately.",
      ),
      link("The file on the administration site", facts.fileUrl),
      heading("If you did not expect this"),
      words(`Please ask whoever did it as soon as you can, and tell the provider of ${facts.brand}.`),
      letter.en.signature(facts),
    ],
  },
});
