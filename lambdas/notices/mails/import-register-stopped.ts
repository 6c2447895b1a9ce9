import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";

/** 利用者一括登録中止通知: a file of registrations was stopped before its end. */
export const importRegisterStopped = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "利用者一括登録中止通知",
    body: (facts) =>
      filePhrases.ja.stopped(facts, {
        done: "発行した証明書",
        again:
          "処理しなかった行の登録が必要な場合は、その行だけの CSV ファイルをあらためて登録（アップロード）してください。",
      }),
  },
  en: {
    subject: "Your registration file was stopped",
    body: (facts) =>
      filePhrases.en.stopped(facts, {
        done: "Certificates issued",
        again: "If the other people are to be registered after all, upload a file of those rows alone.",
      }),
  },
});
