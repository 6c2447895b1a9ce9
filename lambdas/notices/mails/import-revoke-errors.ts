import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";

/** 利用者一括失効受付エラー通知: a file of revocations was refused, or some of its rows were. */
export const importRevokeErrors = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括失効受付エラー通知",
    body: (facts) =>
      filePhrases.ja.errors(facts, {
        done: facts.on === undefined ? "失効した行" : "失効予定の行",
        refused: "CSVファイルにエラーがあるため、証明書の一括失効を受け付けませんでした。失効は1件も行っていません。",
        partly: "CSVファイルによる証明書の一括失効が終わりましたが、失効できなかった行があります。",
      }),
  },
  en: {
    subject: "Your revocation file has errors",
    body: (facts) =>
      filePhrases.en.errors(facts, {
        done: facts.on === undefined ? "Rows revoked" : "Rows planned",
        refused: "The CSV file has errors and was not accepted. Nothing was revoked.",
        partly: "The CSV file is done, but some of its rows could not be revoked.",
      }),
  },
});
