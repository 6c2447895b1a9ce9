import { jstDate, jstTime } from "../../../contract/jst.ts";
import { reasonNames } from "../../../contract/reason-names.ts";
import type { Language } from "../../../contract/language.ts";
import type { RevocationReason } from "../../../contract/shapes.ts";
import { heading, type Part, terms, words } from "../../layout.ts";
import type { ListedCertificate } from "../mail.ts";
import { letter } from "./letter.ts";

export type RevokedCertificate = ListedCertificate & { readonly revoked: NonNullable<ListedCertificate["revoked"]> };

/** What was revoked after all; only that is listed as revoked. */
export const revokedOf = (certificates: readonly ListedCertificate[]): readonly RevokedCertificate[] =>
  certificates.flatMap((one) => (one.revoked === undefined ? [] : [{ ...one, revoked: one.revoked }]));

type Phrases = {
  readonly act: (facts: { readonly actedBy: string }, plan?: { on: string; reason: RevocationReason }) => Part;
  readonly revoked: (certificate: RevokedCertificate) => Part;
  readonly effect: readonly Part[];
  /** For whoever still needs a certificate. */
  readonly finality: (facts: { readonly brand: string }) => string;
};

/** What the mails about revocations share. */
export const revocationPhrases: Readonly<Record<Language, Phrases>> = {
  ja: {
    act: ({ actedBy }, plan) =>
      terms("操作", [
        ["操作をした方", actedBy],
        ...(plan === undefined
          ? []
          : ([
              ["失効予定日", `${jstDate(plan.on)} 午前0時（日本時間）`],
              ["失効理由", reasonNames.ja[plan.reason]],
            ] as const)),
      ]),
    revoked: (one) =>
      letter.ja.listed(one, [
        ["失効日時", `${jstTime(one.revoked.at)}（日本時間）`],
        ["失効理由", reasonNames.ja[one.revoked.reason]],
      ]),
    effect: [
      heading("失効が反映される時期"),
      words(
        "失効は、失効リスト (CRL) に通常1分以内に反映されます。サーバーや VPN 装置では、失効リストを次に取得したときから拒否されます。",
      ),
    ],
    finality: ({ brand }) =>
      `失効した証明書は元に戻せません。引き続き証明書が必要な方がいる場合は、${brand} のサービス提供会社へご相談ください。`,
  },
  en: {
    act: ({ actedBy }, plan) =>
      terms("What was done", [
        ["Done by", actedBy],
        ...(plan === undefined
          ? []
          : ([
              ["To be revoked on", `${jstDate(plan.on)} 0:00 (Japan time)`],
              ["Reason", reasonNames.en[plan.reason]],
            ] as const)),
      ]),
    revoked: (one) =>
      letter.en.listed(one, [
        ["Revoked at", `${jstTime(one.revoked.at)} (Japan time)`],
        ["Reason", reasonNames.en[one.revoked.reason]],
      ]),
    effect: [
      heading("When it takes effect"),
      words(
        "The revocation list (CRL) normally carries a revocation within a minute. Servers and VPN devices refuse the certificate from the next time they fetch the list.",
      ),
    ],
    finality: ({ brand }) =>
      `A revocation cannot be undone. If somebody still needs a certificate, ask the provider of ${brand}.`,
  },
};
