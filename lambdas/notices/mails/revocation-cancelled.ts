import { jstDate } from "../../contract/jst.ts";
import { grouped, heading, steps, words } from "../layout.ts";
import { type ActGiven, administratorsMail } from "./mail.ts";
import { letter } from "./phrases/letter.ts";
import { revocationPhrases } from "./phrases/revocation.ts";

/** For which day each certificate was planned, by its id: 0:00 JST, ISO 8601. The certificate itself no longer says. */
type Told = { readonly plannedFor: Readonly<Record<string, string>> };

/** Planned revocations that were cancelled. */
export const revocationCancelled = administratorsMail({
  facts: ({ told, certificates, ...given }: ActGiven<Told>) => ({
    ...given,
    certificates: certificates.map((one) => {
      const on = told.plannedFor[one.certificateId];
      return { ...one, plannedFor: on === undefined ? "" : jstDate(on) };
    }),
  }),
  ja: {
    subject: "電子証明書失効予定取消通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        `次の電子証明書 ${grouped(facts.count)} 件について、失効の予定が取り消されました。証明書は引き続き使用できます。`,
      ),
      revocationPhrases.ja.act(facts),
      ...facts.certificates.map((one) => letter.ja.listed(one, [["取り消された失効予定日", one.plannedFor]])),
      ...letter.ja.others(facts),
      heading("ご確認いただきたいこと"),
      steps(
        "「システム管理画面」を開き、取り消しに誤りがないことをご確認ください。",
        "失効が必要な証明書は、あらためて「システム管理画面」から失効してください。",
      ),
      letter.ja.adminSite(facts),
      ...letter.ja.unexpected(facts),
      letter.ja.signature(facts),
    ],
  },
  en: {
    subject: "A planned revocation was cancelled",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        `The planned revocation of the certificates below (${grouped(facts.count)}) was cancelled. They can still be used.`,
      ),
      revocationPhrases.en.act(facts),
      ...facts.certificates.map((one) => letter.en.listed(one, [["Was planned for", one.plannedFor]])),
      ...letter.en.others(facts),
      heading("What to do"),
      steps(
        "Open the administration site and check that the right plans were cancelled.",
        "A certificate that must be revoked after all can be revoked there again.",
      ),
      letter.en.adminSite(facts),
      ...letter.en.unexpected(facts),
      letter.en.signature(facts),
    ],
  },
});
