import { texts } from "../../shared/texts.ts";

/** Words of 一括操作 and of the windows that take a CSV file. */
export const importWords = texts({
  ja: {
    bulk: "一括操作",
    commands: { register: "CSV一括登録", revoke: "CSV一括失効" },
    commandAdvice: {
      register: "CSVファイルから、複数の利用者をまとめて登録します。",
      revoke: "CSVファイルから、複数の証明書をまとめて失効します。",
    },
    run: "実行",
    runCommand: (command: string) => `${command}を実行`,
    status: "CSV処理状況",
    statusAdvice: "アップロードしたファイルの進み具合を確認します。",
    show: "表示",
    showStatus: "CSV処理状況を表示",
    section: "ファイルと処理の内容",
    file: "CSVファイル",
    fileAdvice: (megabytes: number, rows: string) =>
      `文字コードは UTF-8 または Shift_JIS、サイズは ${megabytes}MB まで、行数は ${rows} 行までです。`,
    chooseFile: "ファイルの選択",
    dropFile: "ここにファイルをドロップ",
    removeFile: (name: string) => `ファイル ${name} の選択を取り消す`,
    kilobytes: (size: string) => `${size} KB`,
    noFile: "CSVファイルを選択してください。",
    template: "テンプレートをダウンロード",
    templateName: { register: "CSV一括登録テンプレート.csv", revoke: "CSV一括失効テンプレート.csv" },
    format: "CSVファイルの形式",
    formatAdvice:
      "1行に1件、次の順に項目をコンマ（,）で区切って並べてください。テンプレートの見出し行はそのままでも、なくてもかまいません。",
    column: { number: "No", name: "項目名", required: "必須", advice: "説明", example: "入力例" },
    needed: { yes: "必須", no: "任意", closed: "空欄" },
    tail: (first: number, last: number) => `項目${first}～${last}は省略できます。`,
    unreadable: "ファイルを読み込めませんでした。もう一度選択してください。",
    check: {
      reading: "ファイルの内容を確認しています",
      progress: (done: string, rows: string) => `${done} / ${rows} 行`,
      right: (rows: string) => `${rows} 行をすべて確認しました。誤りは見つかりませんでした。`,
      wrong: (count: string) =>
        `誤りが ${count} 件あります。下の一覧の誤りをすべて直して保存し、もう一度ファイルを選択してください。`,
      wait: "ファイルの確認が終わるまでお待ちください。",
    },
    registration: {
      sentence: (people: string, certificates: string, mails: string | undefined) =>
        `${people} 人に ${certificates} 枚の証明書を発行し${mails === undefined ? "ます。利用者へのメールは送りません。" : `、${mails} 通のメールを送ります。`}登録してもよろしいですか？`,
      file: (name: string) => `ファイル：${name}`,
      licences: (used: string, after: string, all: string) => `ライセンス：使用中 ${used} → ${after}（契約 ${all}）`,
    },
    preview: "ファイルの内容",
    detected: (encoding: string, rows: string) => `文字コード：${encoding}　データ：${rows} 行`,
    previewAdvice: (rows: number) => `先頭の ${rows} 行です。文字化けや項目のずれがないことをご確認ください。`,
    header: "見出し",
    row: "行",
    withMark: "UTF-8（BOM付き）",
    bulkDownload: "発行した証明書は、管理者が一括ダウンロードする",
    bulkDownloadAdvice:
      "チェックすると、利用者へのメールは送信されません。処理が終わると管理者にメールが届き、すべての証明書（.P12）とパスワード（.PIN）をまとめた ZIP ファイルをこの画面からダウンロードできます。チェックしない場合は、証明書が発行されるたびに、利用者へインストール用の2通のメールが送信されます。",
    bulkDownloadNotAllowed:
      "このサービスでは、使用できるメールアドレスのドメインが登録されていないため、一括ダウンロードを使用できません。サービス提供会社にお問い合わせください。",
    when: "失効日",
    actions: { now: "ただちに、失効する", day: "日付を指定して、失効する" },
    actionAdvice: {
      now: "ファイルの確認が終わりしだい失効します。",
      day: "指定した日の午前0時（日本時間）に失効します。",
    },
    day: "失効する日",
    dayAdvice: (first: string, last: string) => `${first} から ${last} までの日付を指定できます。`,
    truth: {
      now: () => [
        "ファイルに誤りがなければ、すべての行の証明書がただちに失効し、失効から1分以内に失効リスト（CRL）へ記載されます。",
        "失効した証明書は元に戻せません。再び利用するには、新しい証明書が必要です。",
      ],
      day: (day: string) => [
        `ファイルに誤りがなければ、すべての行の証明書が ${day} の午前0時（日本時間）に失効します。`,
        "それまでは引き続き使用でき、一覧から日付の変更や取り消しができます。",
      ],
    },
    scope: (service: string) => `対象は、サービス「${service}」の証明書です（組織は問いません）。`,
    question: {
      now: (rows: string) => `ファイルにある証明書（${rows} 件）をただちに失効します。実行してもよろしいですか？`,
      day: (rows: string, day: string) =>
        `ファイルにある証明書（${rows} 件）を ${day} の午前0時（日本時間）に失効します。実行してもよろしいですか？`,
    },
    allOrNothing:
      "登録済みの利用者や証明書との照合は、アップロード後に行います。1つでも誤りがある場合は、1件も処理せず、誤りをすべてお知らせします。",
    cancel: "キャンセル",
    submit: { register: "登録", revoke: "失効" },
    ok: "OK",
    sending: "ファイルをアップロードしています",
    notSent: "ファイルをアップロードできませんでした。",
    notSentAdvice:
      "ネットワークの接続を確認してから、もう一度お試しください。同じファイルが二重に処理されることはありません。",
    formExpired: "アップロードの制限時間（10分）を過ぎました。",
    formExpiredAdvice: "もう一度ボタンを押してください。",
    mistakes: "入力内容に誤りがあります。各項目の説明をご確認ください。",
    notIssuing: "このサービスでは、管理画面からの新規発行が許可されていません。",
    toList: "一覧へ戻る",
  },
  en: {
    bulk: "Bulk operations",
    commands: { register: "Register by CSV", revoke: "Revoke by CSV" },
    commandAdvice: {
      register: "Register many subscribers with one CSV file.",
      revoke: "Revoke many certificates with one CSV file.",
    },
    run: "Run",
    runCommand: (command) => `Run: ${command}`,
    status: "CSV progress",
    statusAdvice: "See how far your uploaded files have come.",
    show: "Show",
    showStatus: "Show CSV progress",
    section: "File and operation",
    file: "CSV file",
    fileAdvice: (megabytes, rows) => `UTF-8 or Shift_JIS, up to ${megabytes} MB and ${rows} rows.`,
    chooseFile: "Choose a file",
    dropFile: "Drop the file here",
    removeFile: (name) => `Remove the file ${name}`,
    kilobytes: (size) => `${size} KB`,
    noFile: "Choose a CSV file.",
    template: "Download a template",
    templateName: { register: "register-template.csv", revoke: "revoke-template.csv" },
    format: "Format of the CSV file",
    formatAdvice:
      "One row each, with the columns in this order and commas between them. The template’s header may stay or go.",
    column: { number: "No.", name: "Column", required: "Required", advice: "What it is", example: "Example" },
    needed: { yes: "Required", no: "Optional", closed: "Empty" },
    tail: (first, last) => `Columns ${first} to ${last} may be left out.`,
    unreadable: "The file could not be read. Please choose it again.",
    check: {
      reading: "The file is being checked",
      progress: (done, rows) => `${done} of ${rows} rows`,
      right: (rows) => `All ${rows} rows are checked. No mistakes were found.`,
      wrong: (count) =>
        `There are mistakes (${count}). Correct all of those listed below, save the file and choose it again.`,
      wait: "Please wait until the file is checked.",
    },
    registration: {
      sentence: (people, certificates, mails) =>
        `People: ${people}. Certificates to issue: ${certificates}. ${mails === undefined ? "No mails are sent to them." : `Mails to send: ${mails}.`} Do you want to go ahead?`,
      file: (name) => `File: ${name}`,
      licences: (used, after, all) => `Licences in use: ${used} → ${after} (contracted: ${all})`,
    },
    preview: "Content of the file",
    detected: (encoding, rows) => `Encoding: ${encoding} / Rows: ${rows}`,
    previewAdvice: (rows) =>
      `The first ${rows} rows. Check that the characters are right and nothing is in the wrong column.`,
    header: "Header",
    row: "Row",
    withMark: "UTF-8 (with BOM)",
    bulkDownload: "The administrator downloads all issued certificates",
    bulkDownloadAdvice:
      "With this, no e-mails go to the subscribers. When all is done the administrators get an e-mail, and a ZIP file with every certificate (.P12) and password (.PIN) can be downloaded on this site. Without it, each subscriber gets the two installation e-mails when the certificate is issued.",
    bulkDownloadNotAllowed:
      "No mail domains are listed for this service, so bulk download cannot be used. Ask your service provider.",
    when: "When",
    actions: { now: "Revoke at once", day: "Revoke on a day" },
    actionAdvice: {
      now: "As soon as the file has been checked.",
      day: "At 0:00 of that day, Japan time.",
    },
    day: "Day of revocation",
    dayAdvice: (first, last) => `From ${first} to ${last}.`,
    truth: {
      now: () => [
        "If the file is right, the certificates of all rows are revoked at once, and are on the revocation list (CRL) within a minute after that.",
        "This cannot be undone. To go on, a subscriber needs a new certificate.",
      ],
      day: (day) => [
        `If the file is right, the certificates of all rows are revoked on ${day} at 0:00, Japan time.`,
        "Until then they can be used, and the day can be changed or cancelled in the list.",
      ],
    },
    scope: (service) => `This is about the certificates of the service “${service}”, of every organization.`,
    question: {
      now: (rows) => `The certificates in the file (${rows}) will be revoked at once. Do you want to go ahead?`,
      day: (rows, day) =>
        `The certificates in the file (${rows}) will be revoked on ${day} at 0:00, Japan time. Do you want to go ahead?`,
    },
    allOrNothing:
      "What is registered already is compared after the upload. If anything is wrong, nothing is done and all mistakes are shown.",
    cancel: "Cancel",
    submit: { register: "Register", revoke: "Revoke" },
    ok: "OK",
    sending: "Uploading the file",
    notSent: "The file could not be uploaded.",
    notSentAdvice: "Check your network connection, then try again. The same file is never worked on twice.",
    formExpired: "The time for the upload (10 minutes) is over.",
    formExpiredAdvice: "Press the button once more.",
    mistakes: "Some details need correcting. See the text at each field.",
    notIssuing: "Administrators may not issue new certificates in this service.",
    toList: "Back to the list",
  },
});
