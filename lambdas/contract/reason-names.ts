import type { Language } from "./language.ts";
import type { RevocationReason } from "./shapes.ts";

/** Reasons for a revocation as screens and mails name them. */
export const reasonNames: Readonly<Record<Language, Readonly<Record<RevocationReason, string>>>> = {
  ja: {
    unspecified: "指定なし",
    keyCompromise: "鍵の危殆化（端末の紛失・盗難、秘密鍵の漏えいなど）",
    affiliationChanged: "所属・登録内容の変更",
    superseded: "新しい証明書への置き換え",
    cessationOfOperation: "利用の終了",
    privilegeWithdrawn: "利用資格の取り消し",
  },
  en: {
    unspecified: "Not specified",
    keyCompromise: "Key compromise (device lost or stolen, private key leaked)",
    affiliationChanged: "Affiliation or details changed",
    superseded: "Superseded by a new certificate",
    cessationOfOperation: "No longer used",
    privilegeWithdrawn: "Privilege withdrawn",
  },
};
