import { deviceNames } from "../../../contract/device-names.ts";
import { jstDate } from "../../../contract/jst.ts";
import type { Language } from "../../../contract/language.ts";
import { grouped, heading, link, type Part, signature, terms, words } from "../../layout.ts";
import type { ActGiven, Addressed, ListedCertificate } from "../mail.ts";

type Rows = readonly (readonly [term: string, value: string])[];
type Letter = {
  readonly greeting: (facts: Addressed) => Part;
  readonly signature: (facts: Addressed) => Part;
  readonly adminSite: (facts: { readonly adminUrl: string }) => Part;
  /** One certificate; `more` follows what is always listed. */
  readonly listed: (certificate: ListedCertificate, more?: Rows) => Part;
  /** How many the mail does not list. */
  readonly others: (facts: Pick<ActGiven, "certificates" | "count">) => readonly Part[];
  /** What an administrator does who knows nothing of the act. */
  readonly unexpected: (facts: Addressed) => readonly Part[];
};

const left = ({ count, certificates }: Pick<ActGiven, "certificates" | "count">) => count - certificates.length;

/** What the mails to administrators share, and how every mail begins and ends. */
export const letter: Readonly<Record<Language, Letter>> = {
  ja: {
    greeting: ({ companyName, recipientName }) => words(`${companyName}\n${recipientName} 様`),
    signature: ({ brand }) => signature(brand, "このメールは、システムから自動的に送信しています。"),
    adminSite: ({ adminUrl }) => link("システム管理画面 URL", adminUrl),
    listed: (one, more = []) =>
      terms(`${one.name} 様`, [
        ["デバイス種別", deviceNames.ja[one.device]],
        ["証明書メールアドレス", one.certificateEmail],
        ...(one.service === undefined ? [] : ([["サービス", one.service]] as const)),
        ...(one.organization === undefined ? [] : ([["組織", one.organization]] as const)),
        ["コモンネーム", one.commonName],
        ["シリアルナンバー", one.serialNumber],
        ["証明有効開始日", jstDate(one.notBefore)],
        ["証明有効終了日", jstDate(one.notAfter)],
        ...more,
      ]),
    others: (facts) =>
      left(facts) > 0 ? [words(`ほか ${grouped(left(facts))} 件は、「システム管理画面」の一覧でご確認ください。`)] : [],
    unexpected: ({ brand }) => [
      heading("お心当たりがない場合"),
      words(
        `操作をした方に至急ご確認のうえ、不審な操作と思われるときは、${brand} のサービス提供会社へご連絡ください。`,
      ),
    ],
  },
  en: {
    greeting: ({ companyName, recipientName }) => words(`${companyName}\nDear ${recipientName},`),
    signature: ({ brand }) => signature(brand, "This mail was sent automatically."),
    adminSite: ({ adminUrl }) => link("Administration site", adminUrl),
    listed: (one, more = []) =>
      terms(one.name, [
        ["Device", deviceNames.en[one.device]],
        ["Certificate e-mail address", one.certificateEmail],
        ...(one.service === undefined ? [] : ([["Service", one.service]] as const)),
        ...(one.organization === undefined ? [] : ([["Organization", one.organization]] as const)),
        ["Common name", one.commonName],
        ["Serial number", one.serialNumber],
        ["Valid from", jstDate(one.notBefore)],
        ["Valid until", jstDate(one.notAfter)],
        ...more,
      ]),
    others: (facts) =>
      left(facts) > 0 ? [words(`${grouped(left(facts))} more are in the list on the administration site.`)] : [],
    unexpected: ({ brand }) => [
      heading("If you did not expect this"),
      words(`Please ask whoever did it as soon as you can. If it looks suspicious, tell the provider of ${brand}.`),
    ],
  },
};
