import type { Device } from "../../lambdas/contract/fields.ts";
import type { Language } from "../shared/texts.ts";

/** One numbered step; `repository` asks for the link to the published fingerprints beneath it. */
export type Step = { readonly text: string; readonly note?: string; readonly repository?: true };

type Guide = (words: { brand: string }) => readonly Step[];

const windows: Record<Language, Guide> = {
  ja: ({ brand }) => [
    { text: "ダウンロードしたファイル（拡張子が p12 のファイル）をダブルクリックします。" },
    {
      text: "「証明書のインポートウィザード」が開きます。保存場所で「現在のユーザー」を選択し、「次へ」をクリックします。",
    },
    {
      text: "ファイル名にダウンロードしたファイルが表示されていることを確認し、「次へ」をクリックします。",
    },
    {
      text: "「秘密キーのパスワード」に、通知されたパスワードを入力し、「次へ」をクリックします。",
      note: "「このキーをエクスポート可能にする」はオフのままにしてください。オンにすると証明書を抜き取られるおそれがあります。",
    },
    {
      text: "「証明書の種類に基づいて、自動的に証明書ストアを選択する」が選択されていることを確認し、「次へ」をクリックします。",
    },
    {
      text: "「完了」をクリックします。「正しくインポートされました。」と表示されたら終了です。",
      note: `「セキュリティ警告」が表示された場合は、拇印 (SHA-1) が${brand ? ` ${brand} の` : ""}ルート証明書のフィンガープリントと一致することをリポジトリで確認し、一致するときだけ「はい」をクリックします。`,
      repository: true,
    },
  ],
  en: ({ brand }) => [
    { text: "Double-click the downloaded file (its name ends in .p12)." },
    {
      text: "The “Certificate Import Wizard” opens. As store location choose “Current User” and click “Next”.",
    },
    { text: "Check that the downloaded file is shown under “File name” and click “Next”." },
    {
      text: "Enter your password as the password for the private key and click “Next”.",
      note: "Leave “Mark this key as exportable” off: a key that can be exported can be stolen.",
    },
    {
      text: "Check that “Automatically select the certificate store based on the type of certificate” is chosen and click “Next”.",
    },
    {
      text: "Click “Finish”. “The import was successful.” ends the installation.",
      note: `If a “Security Warning” appears, compare its thumbprint (SHA-1) with the fingerprint of the ${brand ? `${brand} ` : ""}root certificate in the repository, and click “Yes” only if they are the same.`,
      repository: true,
    },
  ],
};

/** A profile that is not installed within 8 minutes is deleted by the device (Apple, "Install a configuration profile", support.apple.com/102400). */
const apple = (kind: "iPhone" | "iPad"): Record<Language, Guide> => ({
  ja: () => [
    {
      text: `${kind} の Safari でこのページを開き、「証明書ダウンロード」をタップします。`,
      note: "メールアプリなどの中で開いている場合は、Safari で開き直してください。",
    },
    {
      text: "「構成プロファイルをダウンロードしようとしています」と表示されたら「許可」をタップします。",
      note: "ファイルとして保存された場合は、「ファイル」アプリの「ダウンロード」からファイルをタップします。",
    },
    {
      text: "「プロファイルがダウンロードされました」と表示されたら「閉じる」をタップします。",
      note: `端末の選択が表示された場合は「${kind}」を選択します。`,
    },
    {
      text: "8分以内に「設定」アプリを開き、「ダウンロード済みのプロファイル」をタップします。",
      note: "表示されない場合は、「一般」>「VPNとデバイス管理」を開き、ダウンロード済みのプロファイルをタップします。",
    },
    { text: `右上の「インストール」をタップし、${kind} のパスコードを入力します。` },
    { text: "「未署名」の警告を確認し、「インストール」をタップします。" },
    { text: "証明書のパスワードに、通知されたパスワードを入力し、「次へ」をタップします。" },
    { text: "「完了」をタップします。" },
  ],
  en: () => [
    {
      text: `Open this page in Safari on the ${kind} and tap “Download certificate”.`,
      note: "If it opened inside your mail app or another app, open it again in Safari.",
    },
    {
      text: "When told that the website is trying to download a configuration profile, tap “Allow”.",
      note: "If it was saved as a file, open the “Files” app, then “Downloads”, and tap the file.",
    },
    {
      text: "When “Profile Downloaded” appears, tap “Close”.",
      note: `If you are asked for a device, choose “${kind}”.`,
    },
    {
      text: "Within 8 minutes open the “Settings” app and tap “Profile Downloaded”.",
      note: "If it is not there, open “General” > “VPN & Device Management” and tap the downloaded profile.",
    },
    { text: `Tap “Install” in the top corner and enter the passcode of the ${kind}.` },
    { text: "Read the warning “Not Signed” and tap “Install”." },
    { text: "Enter your password as the password for the certificate and tap “Next”." },
    { text: "Tap “Done”." },
  ],
});

const android: Record<Language, Guide> = {
  ja: () => [
    { text: "Android 端末の Chrome でこのページを開き、「証明書ダウンロード」をタップします。" },
    {
      text: "「設定」アプリを開き、「セキュリティとプライバシー」>「その他のセキュリティ設定」>「暗号化と認証情報」を開きます。",
      note: "メニューの名称は機種により異なります。見つからない場合は、「設定」の検索で「証明書」を検索してください。",
    },
    { text: "「証明書のインストール」>「VPN とアプリユーザー証明書」をタップします。" },
    { text: "ダウンロードしたファイル（拡張子が p12 のファイル）を選択します。" },
    { text: "通知されたパスワードを入力し、「OK」をタップします。" },
    {
      text: "証明書の名前を確認し、「OK」をタップします。",
      note: "画面ロックが設定されていない場合は、先に設定を求められます。",
    },
  ],
  en: () => [
    { text: "Open this page in Chrome on the Android device and tap “Download certificate”." },
    {
      text: "Open the “Settings” app, then “Security & privacy” > “More security & privacy” > “Encryption & credentials”.",
      note: "The names differ by maker. If you cannot find them, search the settings for “certificate”.",
    },
    { text: "Tap “Install a certificate” > “VPN & app user certificate”." },
    { text: "Choose the downloaded file (its name ends in .p12)." },
    { text: "Enter your password and tap “OK”." },
    {
      text: "Check the certificate’s name and tap “OK”.",
      note: "If no screen lock is set, you are asked to set one first.",
    },
  ],
};

const other: Record<Language, Guide> = {
  ja: () => [
    {
      text: "証明書を使用する端末で「証明書ダウンロード」を押し、ファイル（拡張子が p12 のファイル）を保存します。",
    },
    {
      text: "お使いの OS またはブラウザの「証明書」の設定を開き、保存したファイルを個人の証明書として読み込みます。",
    },
    { text: "パスワードを求められたら、通知されたパスワードを入力します。" },
    { text: "手順がわからない場合は、貴社の管理者にお問い合わせください。" },
  ],
  en: () => [
    {
      text: "On the device that will use the certificate, press “Download certificate” and save the file (its name ends in .p12).",
    },
    {
      text: "Open the certificate settings of your system or browser and import the file as a personal certificate.",
    },
    { text: "When asked for a password, enter the one that you were given." },
    { text: "If you are not sure how, ask your company’s administrator." },
  ],
};

const administration: Record<Language, Guide> = {
  ja: ({ brand }) => [
    {
      text: `Microsoft Edge または Google Chrome を起動し直し、案内メールに記載された「${brand ? `${brand} ` : ""}システム管理画面」の URL を開きます。`,
    },
    {
      text: "証明書の選択画面が表示されたら、インストールした管理者用証明書を選択し、「OK」をクリックします。",
      note: "ID やパスワードの入力は必要ありません。",
    },
  ],
  en: ({ brand }) => [
    {
      text: `Restart Microsoft Edge or Google Chrome and open the address of the ${brand ? `${brand} ` : ""}administration site that is in your mail.`,
    },
    {
      text: "When you are asked to choose a certificate, choose the administrator’s certificate that you installed and click “OK”.",
      note: "No ID and no password are needed there.",
    },
  ],
};

const guides: Readonly<Record<Device, Record<Language, Guide>>> = {
  "01": windows,
  "11": apple("iPhone"),
  "12": apple("iPad"),
  "20": android,
  "99": other,
};

/**
 * How to install the certificate on the device that it was made for. An administrator works on a PC,
 * so theirs ends with the way into the administration site.
 */
export function installationSteps(given: {
  readonly holder: "administrator" | "subscriber";
  readonly device: Device;
  readonly language: Language;
  readonly brand: string;
}): readonly Step[] {
  const administrator = given.holder === "administrator";
  const device = administrator && given.device === "99" ? "01" : given.device;
  const steps = guides[device][given.language](given);
  return administrator ? [...steps, ...administration[given.language](given)] : steps;
}
