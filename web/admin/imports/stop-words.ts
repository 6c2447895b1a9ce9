import { texts } from "../../shared/texts.ts";

/** Words of stopping a file. */
export const stopWords = texts({
  ja: {
    stop: "中止",
    title: "CSV処理の中止",
    ok: "中止する",
    question: (fileName: string) => `「${fileName}」の処理を中止しますか。`,
    ended: (ended: string, rows: string) => `現在、${rows} 行のうち ${ended} 行の処理が終わっています。`,
    truth: {
      register: "処理が終わった行で発行した証明書は、そのまま有効です。発行の途中の証明書は、発行を完了します。",
      revoke: "処理が終わった行の失効（失効予定を含む）は、取り消されません。",
    },
    notBegun: {
      register: "まだ始まっていない行は処理しません。その分のライセンスは元に戻ります。",
      revoke: "まだ始まっていない行は処理しません。",
    },
    final: "中止した処理を再開することはできません。結果は、管理者にメールでお知らせします。",
  },
  en: {
    stop: "Stop",
    title: "Stop this file",
    ok: "Stop",
    question: (fileName) => `Stop “${fileName}”?`,
    ended: (ended, rows) => `${ended} of ${rows} rows have ended so far.`,
    truth: {
      register: "Certificates that were issued stay valid, and those that are being issued are finished.",
      revoke: "Rows that are done stay done, planned revocations included.",
    },
    notBegun: {
      register: "Rows that are not begun will not be done. Their licences are free again.",
      revoke: "Rows that are not begun will not be done.",
    },
    final: "A stopped file cannot be resumed. The administrators get an e-mail with the result.",
  },
});
