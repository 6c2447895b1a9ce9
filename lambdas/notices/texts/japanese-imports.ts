import type { NoticeFacts, OfImport } from "./facts.ts";
import { greeting, sender } from "./japanese-words.ts";
import { japanDate } from "./japan-time.ts";
import { heading, link, type Part, steps, terms, warning, words } from "./layout.ts";
import type { Wording } from "./wording.ts";

type Imports = Extract<keyof NoticeFacts, `import-${string}`>;

const file = (facts: OfImport, what: string) =>
  terms("CSVファイル", [
    ["ファイル名", facts.fileName],
    ["操作をした方", facts.actedBy],
    ["行数", `${facts.rows} 行`],
    [what, `${facts.done} 件`],
    ...(facts.skipped > 0 ? ([["処理の必要がなかった行", `${facts.skipped} 件`]] as const) : []),
    ["エラー", `${facts.failed} 件`],
    ...(facts.on === undefined ? [] : ([["失効予定日", `${japanDate(facts.on)} 午前0時（日本時間）`]] as const)),
  ]);
const causes = (facts: OfImport): Part[] => [
  heading("エラーの内容"),
  words(facts.causes.join("\n")),
  ...(facts.errors > facts.causes.length
    ? [words(`ほか ${facts.errors - facts.causes.length} 件は、「システム管理画面」でご確認ください。`)]
    : []),
];
const place = (facts: OfImport) => link("CSV処理結果 URL（システム管理画面）", facts.importUrl);
const unexpected = (facts: OfImport): Part[] => [
  heading("お心当たりがない場合"),
  words(
    `操作をした方に至急ご確認のうえ、不審な操作と思われるときは、${facts.brand} のサービス提供会社へご連絡ください。`,
  ),
  sender(facts),
];
/** A file that was refused as a whole has no rows. */
const failedFile = (facts: OfImport, what: string, refused: string, partly: string): Part[] => [
  greeting(facts),
  words(facts.rows === 0 ? refused : partly),
  ...(facts.rows === 0
    ? [
        terms("CSVファイル", [
          ["ファイル名", facts.fileName],
          ["操作をした方", facts.actedBy],
        ]),
      ]
    : [file(facts, what)]),
  ...causes(facts),
  heading("ご確認いただきたいこと"),
  facts.rows === 0
    ? steps(
        "エラーの内容をもとに CSV ファイルを修正してください。",
        "修正した CSV ファイルを、もう一度登録（アップロード）してください。",
      )
    : steps(
        "エラーになった行をご確認ください。ほかの行の処理は完了しています。",
        "エラーになった行だけを、あらためて処理してください。",
      ),
  place(facts),
  ...unexpected(facts),
];

/** What administrators hear when a file has come to its end. */
export const japaneseImports: Pick<Wording["parts"], Imports> = {
  "import-register": (facts) => [
    greeting(facts),
    words("CSVファイルによる利用者の一括登録が完了しました。"),
    file(facts, "発行した証明書"),
    words(
      facts.bulkDownload
        ? "利用者への案内メールは送信していません。証明書は、別のメール「CSV発行証明書ダウンロード通知」からまとめてダウンロードしてください。"
        : "利用者には、証明書のダウンロードに必要な案内メールを送信しました。",
    ),
    heading("ご確認いただきたいこと"),
    steps(
      "次の URL を開き、処理した行数に誤りがないことをご確認ください。",
      "「システム管理画面」の利用者の一覧で、登録した利用者と証明書をご確認ください。",
    ),
    place(facts),
    ...unexpected(facts),
  ],
  "import-register-errors": (facts) =>
    failedFile(
      facts,
      "発行した証明書",
      "CSVファイルにエラーがあるため、利用者の一括登録を受け付けませんでした。登録は1件も行っていません。",
      "CSVファイルによる利用者の一括登録が終わりましたが、登録できなかった行があります。",
    ),
  "import-revoke": (facts) => [
    greeting(facts),
    words(
      facts.on === undefined
        ? "CSVファイルによる証明書の一括失効が完了しました。失効した証明書は使用できなくなり、元に戻すことはできません。"
        : "CSVファイルによる証明書の一括失効を、日付を指定して受け付けました。失効予定日までは引き続き使用できます。",
    ),
    file(facts, facts.on === undefined ? "失効した行" : "失効予定の行"),
    heading("ご確認いただきたいこと"),
    steps(
      "次の URL を開き、処理した行数に誤りがないことをご確認ください。",
      facts.on === undefined
        ? "引き続き証明書が必要な方には、あらためて証明書の発行手続きを行ってください。"
        : "失効予定日の変更や取り消しは、失効するまでの間、「システム管理画面」の利用者の一覧で行えます。",
    ),
    place(facts),
    ...(facts.on === undefined
      ? [heading("失効が反映される時期"), words("失効は、失効リスト (CRL) に通常1分以内に反映されます。")]
      : []),
    ...unexpected(facts),
  ],
  "import-revoke-errors": (facts) =>
    failedFile(
      facts,
      facts.on === undefined ? "失効した行" : "失効予定の行",
      "CSVファイルにエラーがあるため、証明書の一括失効を受け付けませんでした。失効は1件も行っていません。",
      "CSVファイルによる証明書の一括失効が終わりましたが、失効できなかった行があります。",
    ),
  "import-package": (facts) => [
    greeting(facts),
    words("CSVファイルで発行した証明書を、まとめてダウンロードできるようになりました。"),
    file(facts, "発行した証明書"),
    heading("手順"),
    steps(
      "管理者用電子証明書をインストールした PC で、次の URL を開きます。",
      "「証明書を一括ダウンロード」を押し、ZIP ファイルを保存します。証明書ごとに、証明書ファイル (.P12) とパスワード (.PIN) が入っています。",
    ),
    place(facts),
    warning(
      "※",
      "ZIP ファイルには秘密の鍵とパスワードが入っています。厳重に保管し、配付が終わったら削除してください。ダウンロードできるのは7日間です。",
    ),
    ...unexpected(facts),
  ],
};
