import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";

/** 利用者一括登録受付エラー通知: a file of registrations was refused, or some of its rows were. */
export const importRegisterErrors = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括登録受付エラー通知",
    body: (facts) =>
      filePhrases.ja.errors(facts, {
        done: "発行した証明書",
        refused: "CSVファイルにエラーがあるため、利用者の一括登録を受け付けませんでした。登録は1件も行っていません。",
        partly: "CSVファイルによる利用者の一括登録が終わりましたが、登録できなかった行があります。",
      }),
  },
  en: {
    subject: "Your registration file has errors",
    body: (facts) =>
      filePhrases.en.errors(facts, {
        done: "Certificates issued",
        refused: "The CSV file has errors and was not accepted. Nobody was registered.",
        partly: "The CSV file is done, but some of its rows could not be registered.",
      }),
  },
});
