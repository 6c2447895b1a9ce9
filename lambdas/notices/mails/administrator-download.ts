import { heading, link, warning, words } from "../layout.ts";
import { downloadMail } from "./mail.ts";
import { administrator, holderPhrases } from "./phrases/holder.ts";

const { ja, en } = holderPhrases;

/** Where an administrator downloads a certificate, and how it opens the administration site. Its title is the manual's. */
export const administratorDownload = downloadMail({
  facts: (given) => given,
  ja: {
    subject: "管理者用電子証明書をダウンロードしてください",
    body: (facts) => {
      const holder = administrator.ja(facts);
      return [
        ...ja.opening(facts),
        words(
          `${facts.brand} をご利用いただき、ありがとうございます。\n「${facts.brand} システム管理画面」へのログインに必要な、管理者用電子証明書を発行しました。次の手順でダウンロードし、お使いの PC にインストールしてください。`,
        ),
        ja.certificate(facts, holder),
        heading("手順"),
        ja.fetching(
          facts,
          holder,
          "Microsoft Edge または Google Chrome で「システム管理画面 URL」を開きます。証明書の選択画面が表示されたら、インストールした管理者用電子証明書を選択します。",
        ),
        link("電子証明書ダウンロード URL", facts.downloadUrl),
        link("システム管理画面 URL", facts.adminUrl),
        warning("※", "ダウンロードした証明書ファイルは厳重に保管し、他の人に渡さないでください。"),
        heading("「システム管理画面」を開けない場合"),
        words(
          "「接続がリセットされました」（ERR_CONNECTION_RESET）などと表示されたときは、管理者用電子証明書が使われていません。インストールが完了しているかをご確認ください。\n別の証明書を選択した場合や、選択せずに閉じた場合は、ブラウザーのウィンドウをすべて閉じてから起動し直し、もう一度選択してください。",
        ),
        ...ja.closing(facts, holder),
      ];
    },
  },
  en: {
    subject: "Please download your administrator certificate",
    body: (facts) => {
      const holder = administrator.en(facts);
      return [
        ...en.opening(facts),
        words(
          `Thank you for using ${facts.brand}.\nYour administrator certificate has been issued. You need it to sign in to the ${facts.brand} administration site. Please download it and install it on your PC or Mac.`,
        ),
        en.certificate(facts, holder),
        heading("What to do"),
        en.fetching(
          facts,
          holder,
          "Open the administration site in Microsoft Edge or Google Chrome. When you are asked for a certificate, choose the administrator certificate that you installed.",
        ),
        link("Certificate download page", facts.downloadUrl),
        link("Administration site", facts.adminUrl),
        warning("*", "Keep the downloaded file safe and do not hand it to anybody."),
        heading("If the administration site does not open"),
        words(
          "“The connection was reset” (ERR_CONNECTION_RESET) means that your administrator certificate was not used. Check that it is installed.\nIf you chose another certificate, or closed the question, close all windows of the browser, start it again and choose once more.",
        ),
        ...en.closing(facts, holder),
      ];
    },
  },
});
