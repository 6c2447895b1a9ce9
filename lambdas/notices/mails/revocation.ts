import { grouped, heading, steps, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";
import { revocationPhrases, revokedOf } from "./phrases/revocation.ts";

/** 電子証明書失効通知: certificates that were revoked by hand. */
export const revocation = administratorsMail({
  facts: ({ certificates, ...given }: ActGiven) => ({ ...given, certificates: revokedOf(certificates) }),
  ja: {
    subject: "電子証明書失効通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        `次の電子証明書 ${grouped(facts.count)} 件を失効しました。失効した証明書は使用できなくなり、元に戻すことはできません。`,
      ),
      revocationPhrases.ja.act(facts),
      ...facts.certificates.map((one) => revocationPhrases.ja.revoked(one)),
      ...letter.ja.others(facts),
      heading("ご確認いただきたいこと"),
      steps(
        "「システム管理画面」を開き、失効した証明書に誤りがないことをご確認ください。",
        revocationPhrases.ja.finality(facts),
      ),
      letter.ja.adminSite(facts),
      ...revocationPhrases.ja.effect,
      ...letter.ja.unexpected(facts),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "Certificates were revoked",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        `The certificates below were revoked (${grouped(facts.count)}). They can no longer be used, and this cannot be undone.`,
      ),
      revocationPhrases.en.act(facts),
      ...facts.certificates.map((one) => revocationPhrases.en.revoked(one)),
      ...letter.en.others(facts),
      heading("What to do"),
      steps(
        "Open the administration site and check that the right certificates were revoked.",
        revocationPhrases.en.finality(facts),
      ),
      letter.en.adminSite(facts),
      ...revocationPhrases.en.effect,
      ...letter.en.unexpected(facts),
      letter.en.signature(facts),
    ],
  },
});
