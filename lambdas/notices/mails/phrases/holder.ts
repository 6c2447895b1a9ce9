import type { Device } from "../../../contract/fields.ts";
import { deviceNames } from "../../../contract/device-names.ts";
import { jstDate } from "../../../contract/jst.ts";
import type { Language } from "../../../contract/language.ts";
import { heading, link, type Part, steps, terms, warning, words } from "../../layout.ts";
import type { CredentialGiven, DownloadGiven } from "../mail.ts";
import { letter } from "./letter.ts";

/** What differs between the mails of a subscriber and those of an administrator. */
export type Holder = {
  /** The certificate, as the middle of a sentence. */
  readonly certificate: string;
  /** Where it is installed. */
  readonly place: string;
  /** Who sends the mails again. */
  readonly resender: string;
  /** Whom to ask about a mail that was not expected. */
  readonly adviser: string;
  /** Whether the mail lists the device: an administrator's PC may be a Mac. */
  readonly listsDevice: boolean;
};

type OfCertificate = Omit<DownloadGiven, "downloadUrl" | "adminUrl">;
type HolderOf = (facts: OfCertificate) => Holder;

/** `その他` names no device. */
const other: Device = "99";

/** A subscriber, who turns to their company's administrator. */
export const subscriber: Readonly<Record<Language, HolderOf>> = {
  ja: ({ companyName, device }) => ({
    certificate: `${companyName}の ${device === other ? "その他の端末" : deviceNames.ja[device]} 用電子証明書`,
    place: device === other ? "証明書を使用する端末" : `証明書を使用する端末（${deviceNames.ja[device]}）`,
    resender: "貴社の管理者",
    adviser: "貴社の管理者",
    listsDevice: true,
  }),
  en: ({ companyName, device }) => ({
    certificate: `your ${companyName} certificate for ${device === other ? "your device" : deviceNames.en[device]}`,
    place:
      device === other
        ? "the device that will use the certificate"
        : `the device that will use the certificate (${deviceNames.en[device]})`,
    resender: "your company’s administrator",
    adviser: "your company’s administrator",
    listsDevice: true,
  }),
};

/** An administrator, who turns to the service provider. */
export const administrator: Readonly<Record<Language, HolderOf>> = {
  ja: ({ brand }) => ({
    certificate: "管理者用電子証明書",
    place: "お使いの PC ",
    resender: `${brand} のサービス提供会社`,
    adviser: `${brand} のサービス提供会社`,
    listsDevice: false,
  }),
  en: ({ brand }) => ({
    certificate: "your administrator certificate",
    place: "the PC or Mac that you work on",
    resender: `the provider of ${brand}`,
    adviser: `the provider of ${brand}`,
    listsDevice: false,
  }),
};

type Phrases = {
  /** What may be said before the mail's own first sentence. */
  readonly opening: (facts: OfCertificate) => readonly Part[];
  readonly certificate: (facts: OfCertificate, holder: Holder) => Part;
  /** How the file is fetched; `then` follows. */
  readonly fetching: (facts: DownloadGiven, holder: Holder, ...then: readonly string[]) => Part;
  readonly closing: (facts: OfCertificate, holder: Holder) => readonly Part[];
  /** The whole mail that leads to ID and password. */
  readonly credential: (facts: CredentialGiven, holder: Holder) => readonly Part[];
};

/** What the mails of a certificate's holder share. */
export const holderPhrases: Readonly<Record<Language, Phrases>> = {
  ja: {
    opening: (facts) => [
      letter.ja.greeting(facts),
      ...(facts.resent
        ? [
            words(
              "案内メールをあらためてお送りします。証明書、ID、パスワードは、前回ご案内したものと同じです。以前のメールの「ログイン ID およびパスワード通知 URL」は使用できなくなりました。今回のメールの URL をお使いください。",
            ),
          ]
        : []),
    ],
    certificate: ({ device, notAfter }, { listsDevice }) =>
      terms("電子証明書", [
        ...(listsDevice ? ([["利用デバイス", deviceNames.ja[device]]] as const) : []),
        ["証明書有効期限", `${jstDate(notAfter)}（日本時間）`],
      ]),
    fetching: ({ otherSubject }, { place }, ...then) =>
      steps(
        `別のメール「${otherSubject}」に記載された URL を開き、ID とパスワードを確認します。`,
        `${place}で、次の「電子証明書ダウンロード URL」を開きます。`,
        "ID とパスワードを入力し、「ログイン」を押します。",
        "「証明書ダウンロード」を押し、画面に表示される手順に従って証明書をインストールします。インストールの途中で、同じパスワードをもう一度入力します。",
        ...then,
      ),
    closing: (facts, { resender, adviser }) => [
      heading("ID とパスワードを表示できる期間"),
      words(
        `このメールの送信から${facts.days}日間です。期限を過ぎた場合は、${resender}に案内メールの再送を依頼してください。`,
      ),
      heading("お心当たりがない場合"),
      words(`このメールにお心当たりがない場合は、URL を開かずに、${adviser}へご連絡ください。`),
      letter.ja.signature(facts),
    ],
    credential: (facts, holder) => [
      ...holderPhrases.ja.opening(facts),
      words(
        `${holder.certificate}のダウンロードとインストールに必要な、ログイン ID とパスワードをご案内します。安全のため、ID とパスワードはこのメールには記載していません。`,
      ),
      holderPhrases.ja.certificate(facts, holder),
      heading("手順"),
      steps(
        "次の「ログイン ID およびパスワード通知 URL」を開きます。",
        "「ID とパスワードを表示する」を押し、表示された ID とパスワードを確認します。",
        `別のメール「${facts.otherSubject}」に記載された「電子証明書ダウンロード URL」を開き、ログインします。`,
      ),
      link("ログイン ID およびパスワード通知 URL", facts.noticeUrl),
      warning("※", "パスワードは、証明書をインストールするときにも必要です。忘れないようにしてください。"),
      warning("※", "ID とパスワードは、他の人に教えたり、メールで転送したりしないでください。"),
      ...holderPhrases.ja.closing(facts, holder),
    ],
  },
  en: {
    opening: (facts) => [
      letter.en.greeting(facts),
      ...(facts.resent
        ? [
            words(
              "We are sending you these mails again. Certificate, ID and password are the same as before. The link to ID and password in the earlier mails no longer works; use the one in these mails.",
            ),
          ]
        : []),
    ],
    certificate: ({ device, notAfter }, { listsDevice }) =>
      terms("Certificate", [
        ...(listsDevice ? ([["Device", deviceNames.en[device]]] as const) : []),
        ["Valid until", `${jstDate(notAfter)} (Japan time)`],
      ]),
    fetching: ({ otherSubject }, { place }, ...then) =>
      steps(
        `Open the link in the other mail, “${otherSubject}”, and read your ID and password.`,
        `On ${place}, open the certificate download page below.`,
        "Enter ID and password and press “Sign in”.",
        "Press “Download certificate” and install it as the page describes. You enter the same password once more while installing.",
        ...then,
      ),
    closing: (facts, { resender, adviser }) => [
      heading("Until when ID and password are shown"),
      words(`You have ${facts.days} days from this mail. After that, ask ${resender} to send these mails again.`),
      heading("If you did not expect this"),
      words(`Please do not open the link, and tell ${adviser}.`),
      letter.en.signature(facts),
    ],
    credential: (facts, holder) => [
      ...holderPhrases.en.opening(facts),
      words(
        `This mail leads you to the ID and the password that you need to download and install ${holder.certificate}. For your safety they are not in the mail itself.`,
      ),
      holderPhrases.en.certificate(facts, holder),
      heading("What to do"),
      steps(
        "Open the ID and password page below.",
        "Press “Show ID and password” and read them.",
        `Open the certificate download page that is in the other mail, “${facts.otherSubject}”, and sign in.`,
      ),
      link("ID and password page", facts.noticeUrl),
      warning("*", "You need the password again when you install the certificate. Please keep it at hand."),
      warning("*", "Do not tell anybody the ID and the password, and do not forward them by mail."),
      ...holderPhrases.en.closing(facts, holder),
    ],
  },
};
