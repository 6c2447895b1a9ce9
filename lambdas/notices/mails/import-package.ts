import { heading, steps, warning, words } from "../layout.ts";
import { administratorsMail } from "./mail.ts";
import { fileFacts, filePhrases } from "./phrases/file.ts";
import { letter } from "./phrases/letter.ts";

/** CSV発行証明書ダウンロード通知: what a file issued can be downloaded together. */
export const importPackage = administratorsMail({
  facts: fileFacts,
  ja: {
    subject: "CSV発行証明書ダウンロード通知",
    body: (facts) => [
      letter.ja.greeting(facts),
      words("CSVファイルで発行した証明書を、まとめてダウンロードできるようになりました。"),
      filePhrases.ja.rows(facts, "発行した証明書"),
      heading("手順"),
      steps(
        "管理者用電子証明書をインストールした PC で、次の URL を開きます。",
        "「ZIP ファイルをダウンロード」を押し、ZIP ファイルを保存します。証明書ごとに、証明書ファイル (.P12) とパスワード (.PIN) が入っています。",
      ),
      filePhrases.ja.page(facts),
      warning(
        "※",
        "ZIP ファイルには秘密の鍵とパスワードが入っています。厳重に保管し、配付が終わったら削除してください。ダウンロードできるのは7日間です。",
      ),
      ...filePhrases.ja.closing(facts),
    ],
  },
  en: {
    subject: "The certificates of your file can be downloaded",
    body: (facts) => [
      letter.en.greeting(facts),
      words("The certificates of the CSV file can now be downloaded together."),
      filePhrases.en.rows(facts, "Certificates issued"),
      heading("What to do"),
      steps(
        "Open the address below on the PC with your administrator certificate.",
        "Press “Download the ZIP file” and save it. For each certificate it holds the certificate file (.P12) and its password (.PIN).",
      ),
      filePhrases.en.page(facts),
      warning(
        "*",
        "The ZIP file holds private keys and passwords. Keep it safe, and delete it when they are handed out. It can be downloaded for seven days.",
      ),
      ...filePhrases.en.closing(facts),
    ],
  },
});
