import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";

/** 利用者一括失効中止通知: a file of revocations was stopped before its end. */
export const importRevokeStopped = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括失効中止通知",
    body: (facts) =>
      filePhrases.ja.stopped(facts, {
        done: facts.on === undefined ? "失効した行" : "失効予定の行",
        again:
          "処理しなかった行の失効が必要な場合は、その行だけの CSV ファイルをあらためて登録（アップロード）してください。",
      }),
  },
  en: {
    subject: "Your revocation file was stopped",
    body: (facts) =>
      filePhrases.en.stopped(facts, {
        done: facts.on === undefined ? "Rows revoked" : "Rows planned",
        again: "If the other certificates are to be revoked after all, upload a file of those rows alone.",
      }),
  },
});
