import { credentialMail } from "./mail.ts";
import { holderPhrases, subscriber } from "./phrases/holder.ts";

/** Where a subscriber reads ID and password. Its title is the manual's. */
export const subscriberCredential = credentialMail({
  facts: (given) => given,
  ja: {
    subject: "ログインIDとパスワードのご案内（電子証明書の「秘密の鍵」登録ページ）",
    body: (facts) => holderPhrases.ja.credential(facts, subscriber.ja(facts)),
  },
  en: {
    subject: "Your sign-in ID and password (private key installation page)",
    body: (facts) => holderPhrases.en.credential(facts, subscriber.en(facts)),
  },
});
