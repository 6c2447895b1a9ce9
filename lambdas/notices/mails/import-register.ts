import { heading, steps, words } from "../layout.ts";
import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";
import { letter } from "./phrases/letter.ts";

/** 利用者一括登録受付通知: every row of a file is registered. */
export const importRegister = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括登録受付通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words("CSVファイルによる利用者の一括登録が完了しました。"),
      filePhrases.ja.rows(facts, "発行した証明書"),
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
      filePhrases.ja.page(facts),
      ...filePhrases.ja.closing(facts),
    ],
  },
  en: {
    subject: "Your registration file is done",
    body: (facts) => [
      letter.en.greeting(facts),
      words("All subscribers of the CSV file are registered."),
      filePhrases.en.rows(facts, "Certificates issued"),
      words(
        facts.bulkDownload
          ? "No mails went to the subscribers. Another mail to you leads to the download of all certificates."
          : "The subscribers were sent the mails that they need for downloading their certificates.",
      ),
      heading("What to do"),
      steps(
        "Open the address below and check the number of rows.",
        "Look at the new subscribers and their certificates in the list on the administration site.",
      ),
      filePhrases.en.page(facts),
      ...filePhrases.en.closing(facts),
    ],
  },
});
