import { credentialMail } from "./mail.ts";
import { administrator, holderPhrases } from "./phrases/holder.ts";

/** Where an administrator reads ID and password. Its title is the manual's. */
export const administratorCredential = credentialMail({
  facts: (given) => given,
  ja: {
    subject: "ログインID とパスワードのご案内（電子証明書ダウンロードページ）",
    body: (facts) => holderPhrases.ja.credential(facts, administrator.ja(facts)),
  },
  en: {
    subject: "Your sign-in ID and password (certificate download page)",
    body: (facts) => holderPhrases.en.credential(facts, administrator.en(facts)),
  },
});
