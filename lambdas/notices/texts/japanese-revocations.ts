import type { NoticeFacts } from "./facts.ts";
import { greeting, listed, reasons, sender } from "./japanese-words.ts";
import { japanDate, japanTime } from "./japan-time.ts";
import { heading, link, type Part, steps, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

type Revocations = "revocation" | "revocation-planned" | "revocation-cancelled" | "revocation-done";
type Revoked = NoticeFacts["revocation-done"]["certificates"];

const revoked = (certificates: Revoked): Part[] =>
  certificates.map((one) =>
    listed(one, [
      ["失効日時", `${japanTime(one.revokedAt)}（日本時間）`],
      ["失効理由", reasons[one.reason]],
    ]),
  );
const effect: readonly Part[] = [
  heading("失効が反映される時期"),
  words(
    "失効は、失効リスト (CRL) に通常1分以内に反映されます。サーバーや VPN 装置では、失効リストを次に取得したときから拒否されます。",
  ),
];
const unexpected = (brand: string): Part[] => [
  heading("お心当たりがない場合"),
  words(`操作をした方に至急ご確認のうえ、不審な操作と思われるときは、${brand} のサービス提供会社へご連絡ください。`),
];

/** 電子証明書失効通知 in its forms, and what tells that a plan was cancelled. */
export const japaneseRevocations: Pick<Wording["parts"], Revocations> = {
  revocation: (facts) => [
    greeting(facts),
    words(
      `次の電子証明書 ${facts.certificates.length} 件を失効しました。失効した証明書は使用できなくなり、元に戻すことはできません。`,
    ),
    words(`失効の操作をした方: ${facts.actedBy}`),
    ...revoked(facts.certificates),
    heading("ご確認いただきたいこと"),
    steps(
      "「システム管理画面」を開き、失効した証明書に誤りがないことをご確認ください。",
      "引き続き証明書が必要な方には、あらためて証明書の発行手続きを行ってください。",
    ),
    link("システム管理画面 URL", facts.adminUrl),
    ...effect,
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-planned": (facts) => [
    greeting(facts),
    words(
      `次の電子証明書 ${facts.certificates.length} 件の失効を、日付を指定して受け付けました。${japanDate(facts.on)} の午前0時（日本時間）に失効します。それまでは引き続き使用できます。`,
    ),
    words(`失効の操作をした方: ${facts.actedBy}`),
    ...facts.certificates.map((one) =>
      listed(one, [
        ["失効予定日", japanDate(facts.on)],
        ["失効理由", reasons[facts.reason]],
      ]),
    ),
    heading("ご確認いただきたいこと"),
    steps(
      "「システム管理画面」を開き、失効する証明書と失効予定日に誤りがないことをご確認ください。",
      "失効予定日の変更や取り消しは、失効するまでの間、「システム管理画面」で行えます。",
      "失効した証明書は元に戻せません。引き続き証明書が必要な方には、あらためて証明書の発行手続きを行ってください。",
    ),
    link("システム管理画面 URL", facts.adminUrl),
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-cancelled": (facts) => [
    greeting(facts),
    words(
      `次の電子証明書 ${facts.certificates.length} 件について、${japanDate(facts.on)} に予定していた失効が取り消されました。証明書は引き続き使用できます。`,
    ),
    words(`取り消しの操作をした方: ${facts.actedBy}`),
    ...facts.certificates.map((one) => listed(one, [["取り消された失効予定日", japanDate(facts.on)]])),
    heading("ご確認いただきたいこと"),
    steps(
      "「システム管理画面」を開き、取り消しに誤りがないことをご確認ください。",
      "失効が必要な証明書は、あらためて「システム管理画面」から失効してください。",
    ),
    link("システム管理画面 URL", facts.adminUrl),
    ...unexpected(facts.brand),
    sender(facts),
  ],
  "revocation-done": (facts) => [
    greeting(facts),
    words(
      `日付を指定して受け付けた電子証明書 ${facts.count} 件を、予定どおり失効しました。失効した証明書は使用できなくなり、元に戻すことはできません。`,
    ),
    ...revoked(facts.certificates),
    ...(facts.count > facts.certificates.length
      ? [words(`ほか ${facts.count - facts.certificates.length} 件は、「システム管理画面」の一覧でご確認ください。`)]
      : []),
    heading("ご確認いただきたいこと"),
    steps(
      "「システム管理画面」を開き、失効した証明書に誤りがないことをご確認ください。",
      "引き続き証明書が必要な方には、あらためて証明書の発行手続きを行ってください。",
    ),
    link("システム管理画面 URL", facts.adminUrl),
    ...effect,
    heading("お心当たりがない場合"),
    words(
      `失効の受け付け時にお送りした「電子証明書失効通知」をご確認のうえ、不審な操作と思われるときは、${facts.brand} のサービス提供会社へご連絡ください。`,
    ),
    sender(facts),
  ],
};
