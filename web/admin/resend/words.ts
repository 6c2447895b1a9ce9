import { texts } from "../../shared/texts.ts";

/** 「3件の」; nothing of a single one. */
const many = (count: number): string => (count === 1 ? "" : `${count.toLocaleString("en")} 件の`);
const grouped = (count: number): string => count.toLocaleString("en");

/** Words of the window that sends mails again. */
export const resendWords = texts({
  ja: {
    title: "案内メール再送",
    question: (mails: number, people: number) =>
      `${grouped(people)} 人に、合わせて ${grouped(mails)} 通の案内メールを再送します。実行してもよろしいですか？`,
    truth: [
      "証明書1件につき、ダウンロードのご案内と、ログインID・パスワードのご案内の2通を、証明書メールアドレスに送信します。",
      "以前の案内メールの「ログイン ID およびパスワード通知 URL」は使用できなくなります。ID とパスワードは変わりません。",
    ],
    chosen: (count: number) => `対象の証明書（${grouped(count)} 件）`,
    row: (name: string, device: string, mail: string) => `${name}（${device}）${mail}`,
    cancel: "キャンセル",
    send: "再送する",
    close: "閉じる",
    repeatAdvice: "［再送する］を押すと、完了していない証明書だけをもう一度処理します。",
    done: (count: number) => `${many(count)}証明書の案内メールを再送しました。`,
    doneAdvice: "送信の状況は、利用者名から開く証明書の詳細で確認できます。",
    refused: (refused: number, all: number) =>
      all === 1
        ? "案内メールを再送できませんでした。"
        : `${grouped(all)} 件のうち ${grouped(refused)} 件は、案内メールを再送できませんでした。`,
    refusedRow: (row: string, reason: string) => `${row}：${reason}`,
  },
  en: {
    title: "Resend e-mails",
    question: (mails, people) =>
      `${grouped(mails)} e-mails will be sent to ${people === 1 ? "one person" : `${grouped(people)} people`}. Do you want to go ahead?`,
    truth: [
      "For each certificate there are two: how to download it, and where to read ID and password. They go to the certificate’s e-mail address.",
      "The link to ID and password in the earlier e-mails stops working. ID and password stay the same.",
    ],
    chosen: (count) => `Certificates (${grouped(count)})`,
    row: (name, device, mail) => `${name} (${device}) ${mail}`,
    cancel: "Cancel",
    send: "Send again",
    close: "Close",
    repeatAdvice: "“Send again” tries what is not done, and nothing else.",
    done: (count) =>
      count === 1
        ? "The e-mails of the certificate are sent again."
        : `The e-mails of ${grouped(count)} certificates are sent again.`,
    doneAdvice: "The certificate’s details, behind the name in the list, show when they were sent.",
    refused: (refused, all) =>
      all === 1
        ? "The e-mails could not be sent again."
        : `The e-mails of ${grouped(refused)} of ${grouped(all)} certificates could not be sent again.`,
    refusedRow: (row, reason) => `${row}: ${reason}`,
  },
});
