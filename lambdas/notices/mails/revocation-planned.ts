import { jstDate } from "../../contract/jst.ts";
import type { RevocationReason } from "../../contract/shapes.ts";
import { grouped, heading, steps, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";
import { revocationPhrases } from "./phrases/revocation.ts";

/** The plan as it was made. `on`: 0:00 JST of the day, ISO 8601. */
type Told = { readonly on: string; readonly reason: RevocationReason };

/** 電子証明書失効通知: certificates that will be revoked on a day. */
export const revocationPlanned = administratorsMail({
  facts: ({ told, ...given }: ActGiven<Told>) => ({ ...given, plan: told }),
  ja: {
    subject: "電子証明書失効通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        `次の電子証明書 ${grouped(facts.count)} 件の失効を、日付を指定して受け付けました。${jstDate(facts.plan.on)} の午前0時（日本時間）に失効します。それまでは引き続き使用できます。`,
      ),
      revocationPhrases.ja.act(facts, facts.plan),
      ...facts.certificates.map((one) => letter.ja.listed(one)),
      ...letter.ja.others(facts),
      heading("ご確認いただきたいこと"),
      steps(
        "「システム管理画面」を開き、失効する証明書と失効予定日に誤りがないことをご確認ください。",
        "失効予定日の変更や取り消しは、失効するまでの間、「システム管理画面」で行えます。",
        revocationPhrases.ja.finality(facts),
      ),
      letter.ja.adminSite(facts),
      ...letter.ja.unexpected(facts),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "A revocation is planned",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        `The revocation of the certificates below (${grouped(facts.count)}) was accepted for ${jstDate(facts.plan.on)}. They will be revoked at 0:00 of that day, Japan time, and can be used until then.`,
      ),
      revocationPhrases.en.act(facts, facts.plan),
      ...facts.certificates.map((one) => letter.en.listed(one)),
      ...letter.en.others(facts),
      heading("What to do"),
      steps(
        "Open the administration site and check the certificates and the day.",
        "Until then the day can be changed, and the revocation cancelled, on the administration site.",
        revocationPhrases.en.finality(facts),
      ),
      letter.en.adminSite(facts),
      ...letter.en.unexpected(facts),
      letter.en.signature(facts),
    ],
  },
});
