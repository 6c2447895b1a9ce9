import { jstTime } from "../../contract/jst.ts";
import { grouped, heading, steps, terms, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";

/** Somebody looked at the ID and password of a certificate. */
export const credentialShown = administratorsMail({
  facts: (given: ActGiven) => given,
  ja: {
    subject: "ID とパスワードの表示に関するお知らせ",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(`次の電子証明書 ${grouped(facts.count)} 件について、ダウンロード用の ID とパスワードが表示されました。`),
      terms("操作", [
        ["操作をした方", facts.actedBy],
        ["日時", `${jstTime(facts.at)}（日本時間）`],
      ]),
      ...facts.certificates.map((one) => letter.ja.listed(one)),
      heading("ご確認いただきたいこと"),
      steps(
        "業務上必要な操作であったことをご確認ください。必要な操作であれば、お手続きは不要です。",
        "不審な操作と思われるときは、ただちに「システム管理画面」から該当の証明書を失効してください。",
      ),
      letter.ja.adminSite(facts),
      heading("お心当たりがない場合"),
      words(`操作をした方に至急ご確認のうえ、${facts.brand} のサービス提供会社へご連絡ください。`),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "An ID and password were displayed",
    body: (facts) => [
      letter.en.greeting(facts),
      words(`The download ID and password of the certificates below were displayed (${grouped(facts.count)}).`),
      terms("What was done", [
        ["Displayed by", facts.actedBy],
        ["At", `${jstTime(facts.at)} (Japan time)`],
      ]),
      ...facts.certificates.map((one) => letter.en.listed(one)),
      heading("What to do"),
      steps(
        "Check that there was a reason for it. If so, there is nothing else to do.",
        "If it looks suspicious, revoke the certificates on the administration site immediately.",
      ),
      letter.en.adminSite(facts),
      heading("If you did not expect this"),
      words(`Please ask whoever did it as soon as you can, and tell the provider of ${facts.brand}.`),
      letter.en.signature(facts),
    ],
  },
});
