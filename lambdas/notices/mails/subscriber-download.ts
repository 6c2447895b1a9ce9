import { heading, link, warning, words } from "../layout.ts";
import { downloadMail } from "./mail.ts";
import { holderPhrases, subscriber } from "./phrases/holder.ts";

const { ja, en } = holderPhrases;

/** Where a subscriber downloads a certificate. Its title is the manual's. */
export const subscriberDownload = downloadMail({
  facts: (given) => given,
  ja: {
    subject: "電子証明書の「秘密の鍵」を登録してください",
    body: (facts) => {
      const holder = subscriber.ja(facts);
      return [
        ...ja.opening(facts),
        words(
          `${holder.certificate}を発行しました。次の手順で、電子証明書とその「秘密の鍵」を、証明書を使用する端末に登録（インストール）してください。`,
        ),
        ja.certificate(facts, holder),
        heading("手順"),
        ja.fetching(facts, holder),
        link("電子証明書ダウンロード URL", facts.downloadUrl),
        warning(
          "※",
          "「秘密の鍵」は、あなた本人であることを示す大切なものです。ダウンロードしたファイルを他の人に渡さないでください。",
        ),
        ...ja.closing(facts, holder),
      ];
    },
  },
  en: {
    subject: "Please install your certificate and its private key",
    body: (facts) => {
      const holder = subscriber.en(facts);
      return [
        ...en.opening(facts),
        words(`We have issued ${holder.certificate}. Please install it, with its private key, on that device.`),
        en.certificate(facts, holder),
        heading("What to do"),
        en.fetching(facts, holder),
        link("Certificate download page", facts.downloadUrl),
        warning("*", "The private key proves that you are you. Do not hand the downloaded file to anybody."),
        ...en.closing(facts, holder),
      ];
    },
  },
});
