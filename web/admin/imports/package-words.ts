import { texts } from "../../shared/texts.ts";

/** Words of a file's ZIP of certificates. */
export const packageWords = texts({
  ja: {
    package: "証明書の一括ダウンロード",
    packageState: {
      waiting: "すべての行の処理が終わると、ZIP ファイルの作成が始まります。",
      making: "ZIP ファイルを作成しています。",
      late: "ZIP ファイルの作成に時間がかかっています。自動的に再試行しており、作成できましたらメールでお知らせします。",
      none: "発行された証明書がないため、ZIP ファイルはありません。",
      gone: "ZIP ファイルの保存期間（7日間）が過ぎました。",
    },
    fetch: "ZIP ファイルをダウンロード",
    fetched: (fileName: string) => `${fileName} のダウンロードを開始しました。`,
    packageAdvice:
      "ダウンロードすると、証明書ステータスは「証明書ダウンロード済」になります。ZIP ファイルは7日間ダウンロードできます。",
    packageUse: [
      "ZIP ファイルを展開すると、次のものがあります。",
      "一覧.csv … 氏名・メール・デバイス・シリアルとファイル名の対応表です。パスワードは含まれていません。",
      "WindowsPC、iPhone など（デバイスごとのフォルダー）… 証明書のファイル（.P12）です。利用デバイス上で開くと、インストールが始まります。",
      "PIN（フォルダー）… パスワードが書かれたテキストファイル（.PIN）です。対応する証明書のファイルと同じ名前です。インストール中にパスワードを聞かれたら入力してください。",
      "両方が揃うと誰でも証明書を使えます。PIN フォルダーは証明書のファイルと分けて保管し、利用者へは別々の方法で渡してください。作業後は ZIP ファイルを削除してください。",
    ],
  },
  en: {
    package: "Certificates in one download",
    packageState: {
      waiting: "The ZIP file will be made when all rows are done.",
      making: "The ZIP file is being made.",
      late: "Making the ZIP file takes longer than usual. It is tried again by itself, and a mail will tell you when it is there.",
      none: "No certificates were issued, so there is no ZIP file.",
      gone: "The ZIP file was kept for 7 days and is gone.",
    },
    fetch: "Download the ZIP file",
    fetched: (fileName) => `The download of ${fileName} has begun.`,
    packageAdvice: "This marks the certificates as downloaded. The ZIP file is kept for 7 days.",
    packageUse: [
      "The ZIP file holds:",
      "list.csv – whose each file is: name, mail, device and serial number. No passwords are in it.",
      "WindowsPC, iPhone and so on (a folder for each device) – the certificates (.P12). Opening one on its device begins the installation.",
      "PIN (a folder) – text files (.PIN) with the passwords to enter during the installation, each named as its certificate.",
      "Whoever has both can use the certificate. Keep the PIN folder apart, hand the two over separately, and delete the ZIP file afterwards.",
    ],
  },
});
