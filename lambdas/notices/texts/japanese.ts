import type { NoticeFacts } from "./facts.ts";
import { japanDate, japanTime } from "./japan-time.ts";
import { type Addressed, devices, greeting, listed, sender } from "./japanese-words.ts";
import { japaneseImports } from "./japanese-imports.ts";
import { japaneseRevocations } from "./japanese-revocations.ts";
import { heading, link, type Part, steps, terms, warning, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

const subjects = {
  "administrator-download": "管理者用電子証明書をダウンロードしてください",
  "administrator-credential": "ログインID とパスワードのご案内（電子証明書ダウンロードページ）",
  "subscriber-download": "電子証明書の「秘密の鍵」を登録してください",
  "subscriber-credential": "ログインIDとパスワードのご案内（電子証明書の「秘密の鍵」登録ページ）",
  revocation: "電子証明書失効通知",
  "revocation-planned": "電子証明書失効通知",
  "revocation-cancelled": "電子証明書失効予定取消通知",
  "revocation-done": "電子証明書失効通知",
  "credential-shown": "IDとパスワードの表示に関するお知らせ",
  "import-register": "利用者一括登録受付通知",
  "import-register-errors": "利用者一括登録受付エラー通知",
  "import-revoke": "利用者一括失効受付通知",
  "import-revoke-errors": "利用者一括失効受付エラー通知",
  "import-package": "CSV発行証明書ダウンロード通知",
} as const;

type OfCertificate = NoticeFacts["subscriber-credential" | "subscriber-download"];

const certificateTerms = ({ device, notAfter }: OfCertificate) =>
  terms("電子証明書", [
    ["利用デバイス", devices[device]],
    ["証明書有効期限", `${japanDate(notAfter)}（日本時間）`],
  ]);
const until = ({ days }: OfCertificate) =>
  `このメールの送信から${days}日間です。期限を過ぎた場合は、再度の手続きが必要になります。`;
const keepSecret = warning("※", "IDとパスワードは、他の人に教えたり、メールで転送したりしないでください。");

const askAdministrator = words("このメールにお心当たりがない場合は、URL を開かずに、貴社の管理者へご連絡ください。");
const askProvider = ({ brand }: Addressed) =>
  words(`このメールにお心当たりがない場合は、URL を開かずに、${brand} のサービス提供会社へご連絡ください。`);

/** How both kinds of holder come to their file; what follows differs. */
const fetching = (facts: OfCertificate, credentialSubject: string, then: readonly string[]) =>
  steps(
    `別のメール「${credentialSubject}」に記載された URL を開き、ID とパスワードを確認します。`,
    `証明書を使用する端末（${devices[facts.device]}）で、次の「電子証明書ダウンロード URL」を開きます。`,
    "ID とパスワードを入力し、「ログイン」を押します。",
    "「証明書ダウンロード」を押し、画面に表示される手順に従って証明書をインストールします。インストールの途中で、同じパスワードをもう一度入力します。",
    ...then,
  );

function credentialParts(facts: NoticeFacts["subscriber-credential"], other: string, ask: Part): Part[] {
  return [
    greeting(facts),
    words(
      `${facts.brand} の電子証明書のダウンロードとインストールに必要な、ログイン ID とパスワードをご案内します。安全のため、ID とパスワードはこのメールには記載していません。`,
    ),
    certificateTerms(facts),
    heading("手順"),
    steps(
      "次の「ログイン ID およびパスワード通知 URL」を開きます。",
      "「ID とパスワードを表示する」を押し、表示された ID とパスワードを確認します。",
      `別のメール「${other}」に記載された「電子証明書ダウンロード URL」を開き、ログインします。`,
    ),
    link("ログイン ID およびパスワード通知 URL", facts.noticeUrl),
    warning("※", "パスワードは、証明書をインストールするときにも必要です。忘れないようにしてください。"),
    keepSecret,
    heading("ID とパスワードを表示できる期間"),
    words(until(facts)),
    heading("お心当たりがない場合"),
    ask,
    sender(facts),
  ];
}

/** The Japanese mails. Titles are those of the administrator's manual, letter by letter. */
export const japanese: Wording = {
  subjects,
  parts: {
    "administrator-download": (facts) => [
      greeting(facts),
      words(
        `${facts.brand} をご利用いただき、ありがとうございます。\n「${facts.brand} システム管理画面」へのログインに必要な、管理者用電子証明書を発行しました。次の手順でダウンロードし、お使いの PC にインストールしてください。`,
      ),
      certificateTerms(facts),
      heading("手順"),
      fetching(facts, subjects["administrator-credential"], [
        "Microsoft Edge または Google Chrome で「システム管理画面 URL」を開き、インストールした管理者用電子証明書を選択します。",
      ]),
      link("電子証明書ダウンロード URL", facts.downloadUrl),
      link("システム管理画面 URL", facts.adminUrl),
      warning("※", "ダウンロードした証明書ファイルは厳重に保管し、他の人に渡さないでください。"),
      heading("ID とパスワードを表示できる期間"),
      words(until(facts)),
      heading("お心当たりがない場合"),
      askProvider(facts),
      sender(facts),
    ],
    "administrator-credential": (facts) =>
      credentialParts(facts, subjects["administrator-download"], askProvider(facts)),
    "subscriber-download": (facts) => [
      greeting(facts),
      words(
        `${facts.companyName}の電子証明書を発行しました。次の手順で、電子証明書とその「秘密の鍵」を、お使いの端末に登録（インストール）してください。`,
      ),
      certificateTerms(facts),
      heading("手順"),
      fetching(facts, subjects["subscriber-credential"], []),
      link("電子証明書ダウンロード URL", facts.downloadUrl),
      warning(
        "※",
        "「秘密の鍵」は、あなた本人であることを示す大切なものです。ダウンロードしたファイルを他の人に渡さないでください。",
      ),
      heading("ID とパスワードを表示できる期間"),
      words(until(facts)),
      heading("お心当たりがない場合"),
      askAdministrator,
      sender(facts),
    ],
    "subscriber-credential": (facts) => credentialParts(facts, subjects["subscriber-download"], askAdministrator),
    ...japaneseRevocations,
    ...japaneseImports,
    "credential-shown": (facts) => [
      greeting(facts),
      words(
        `次の電子証明書 ${facts.certificates.length} 件について、ダウンロード用の ID とパスワードが表示されました。`,
      ),
      terms("操作", [
        ["操作をした方", facts.actedBy],
        ["日時", `${japanTime(facts.shownAt)}（日本時間）`],
      ]),
      ...facts.certificates.map((one) => listed(one)),
      heading("ご確認いただきたいこと"),
      steps(
        "業務上必要な操作であったことをご確認ください。必要な操作であれば、お手続きは不要です。",
        "不審な操作と思われるときは、ただちに「システム管理画面」から該当の証明書を失効してください。",
      ),
      link("システム管理画面 URL", facts.adminUrl),
      heading("お心当たりがない場合"),
      words(`操作をした方に至急ご確認のうえ、${facts.brand} のサービス提供会社へご連絡ください。`),
      sender(facts),
    ],
  },
};
