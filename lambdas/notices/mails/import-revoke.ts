import { heading, steps, words } from "../layout.ts";
import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";
import { letter } from "./phrases/letter.ts";
import { revocationPhrases } from "./phrases/revocation.ts";

/** 利用者一括失効受付通知: what a file names is revoked, or planned for its day. */
export const importRevoke = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括失効受付通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words(
        facts.on === undefined
          ? "CSVファイルによる証明書の一括失効が完了しました。失効した証明書は使用できなくなり、元に戻すことはできません。"
          : "CSVファイルによる証明書の一括失効を、日付を指定して受け付けました。失効予定日までは引き続き使用できます。",
      ),
      filePhrases.ja.rows(facts, facts.on === undefined ? "失効した行" : "失効予定の行"),
      heading("ご確認いただきたいこと"),
      steps(
        "次の URL を開き、処理した行数に誤りがないことをご確認ください。",
        ...(facts.on === undefined
          ? []
          : ["失効予定日の変更や取り消しは、失効するまでの間、「システム管理画面」の利用者の一覧で行えます。"]),
        revocationPhrases.ja.finality(facts),
      ),
      filePhrases.ja.page(facts),
      ...(facts.on === undefined ? revocationPhrases.ja.effect : []),
      ...filePhrases.ja.closing(facts),
    ],
  },
  en: {
    subject: "Your revocation file is done",
    body: (facts) => [
      letter.en.greeting(facts),
      words(
        facts.on === undefined
          ? "The certificates of the CSV file were revoked. They can no longer be used, and this cannot be undone."
          : "The revocations of the CSV file are planned. Until that day the certificates can be used.",
      ),
      filePhrases.en.rows(facts, facts.on === undefined ? "Rows revoked" : "Rows planned"),
      heading("What to do"),
      steps(
        "Open the address below and check the number of rows.",
        ...(facts.on === undefined
          ? []
          : ["Until that day each revocation can be changed or cancelled in the list on the administration site."]),
        revocationPhrases.en.finality(facts),
      ),
      filePhrases.en.page(facts),
      ...(facts.on === undefined ? revocationPhrases.en.effect : []),
      ...filePhrases.en.closing(facts),
    ],
  },
});
