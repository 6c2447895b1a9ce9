import { grouped, heading, steps, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";
import { revocationPhrases, revokedOf } from "./phrases/revocation.ts";

/** 電子証明書失効通知: what was planned for a day and is done now. */
export const revocationDone = administratorsMail({
  facts: ({ certificates, ...given }: ActGiven) => ({ ...given, certificates: revokedOf(certificates) }),
  ja: {
    subject: "電子証明書失効通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        `日付を指定して受け付けた電子証明書 ${grouped(facts.count)} 件を、予定どおり失効しました。失効した証明書は使用できなくなり、元に戻すことはできません。`,
      ),
      ...facts.certificates.map((one) => revocationPhrases.ja.revoked(one)),
      ...letter.ja.others(facts),
      heading("ご確認いただきたいこと"),
      steps(
        "「システム管理画面」を開き、失効した証明書に誤りがないことをご確認ください。",
        revocationPhrases.ja.finality(facts),
      ),
      letter.ja.adminSite(facts),
      ...revocationPhrases.ja.effect,
      heading("お心当たりがない場合"),
      words(
        `失効の受け付け時にお送りした「電子証明書失効通知」または「利用者一括失効受付通知」をご確認のうえ、不審な操作と思われるときは、${facts.brand} のサービス提供会社へご連絡ください。`,
      ),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "Certificates were revoked as planned",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        `Certificates were revoked as planned (${grouped(facts.count)}). They can no longer be used, and this cannot be undone.`,
      ),
      ...facts.certificates.map((one) => revocationPhrases.en.revoked(one)),
      ...letter.en.others(facts),
      heading("What to do"),
      steps(
        "Open the administration site and check that the right certificates were revoked.",
        revocationPhrases.en.finality(facts),
      ),
      letter.en.adminSite(facts),
      ...revocationPhrases.en.effect,
      heading("If you did not expect this"),
      words(
        `Look at the mail that told you when the revocation was accepted. If it looks suspicious, tell the provider of ${facts.brand}.`,
      ),
      letter.en.signature(facts),
    ],
  },
});
