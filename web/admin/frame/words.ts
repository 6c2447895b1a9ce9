import { texts } from "../../shared/texts.ts";

/** Words of the frame around every page, and of failures. */
export const frameWords = texts({
  ja: {
    siteName: (brand: string) => `${brand} システム管理画面`,
    /** Before it is known whose site it is. */
    unnamedSite: "システム管理画面",
    noEntry: "ログインできません",
    signedIn: (name: string) => `${name} 様 ログイン中`,
    languages: "表示言語",
    top: "トップページ",
    toTop: "トップページへ",
    serviceMaintenance: "サービス情報メンテナンス",
    subscriberMaintenance: "利用者メンテナンス",
    importStatus: "CSV処理状況",
    audit: "操作履歴",
    loading: "読み込んでいます…",
    again: "もう一度読み込む",
    breadcrumbs: "現在の位置",
    skip: "本文へ",
    menu: "メニュー",
    closePanel: "詳細を閉じる",
    resizePanel: "詳細の幅を変更",
    unsaved: "入力内容を破棄しますか？",
    unsavedAdvice: "入力した内容は、まだ登録されていません。破棄すると、元に戻せません。",
    stay: "入力を続ける",
    discard: "破棄する",
    missingPage: "ページが見つかりません",
    missingPageAdvice: "アドレスが変わったか、入力に誤りがあります。メニューから選び直してください。",
    errorAlert: {
      connection: {
        header: "サーバーに接続できませんでした。",
        content: "ネットワークの接続を確認してから、もう一度お試しください。",
      },
      forbidden: {
        header: "この管理者用証明書では操作できません。",
        content:
          "証明書の有効期限が切れたか、失効した可能性があります。ブラウザーをすべて閉じ、有効な管理者用証明書を選び直してください。解決しない場合はサービス提供会社へお問い合わせください。",
      },
      missing: {
        header: "対象が見つかりませんでした。",
        content: "ほかの管理者が変更した可能性があります。一覧を更新してご確認ください。",
      },
      busy: { header: "アクセスが集中しています。", content: "1分ほど待ってから、もう一度お試しください。" },
      server: {
        header: "サーバーで問題が発生しました。",
        content: "しばらく待ってから、もう一度お試しください。続く場合はサービス提供会社へお問い合わせください。",
      },
      unknown: {
        header: "画面の処理中に問題が発生しました。",
        content: "ページを再読み込みしてから、もう一度お試しください。",
      },
    },
  },
  en: {
    siteName: (brand) => `${brand} Administration`,
    unnamedSite: "Administration",
    noEntry: "You cannot sign in",
    signedIn: (name) => `Signed in as ${name}`,
    languages: "Language",
    top: "Home",
    toTop: "Go to the home page",
    serviceMaintenance: "Services",
    subscriberMaintenance: "Subscribers",
    importStatus: "CSV progress",
    audit: "Activity",
    loading: "Loading…",
    again: "Try again",
    breadcrumbs: "You are here",
    skip: "Skip to the content",
    menu: "Menu",
    closePanel: "Close the details",
    resizePanel: "Resize the details",
    unsaved: "Discard what you entered?",
    unsavedAdvice: "What you entered is not registered yet. Once discarded, it cannot be brought back.",
    stay: "Keep editing",
    discard: "Discard",
    missingPage: "Page not found",
    missingPageAdvice: "The address has changed or was mistyped. Please choose a page from the menu.",
    errorAlert: {
      connection: {
        header: "The server could not be reached.",
        content: "Check your network connection, then try again.",
      },
      forbidden: {
        header: "This administrator certificate is not accepted.",
        content:
          "It may have expired or been revoked. Close every browser window and choose a valid administrator certificate. If that does not help, contact your service provider.",
      },
      missing: {
        header: "This could not be found.",
        content: "Another administrator may have changed it. Refresh the list and check.",
      },
      busy: { header: "There are too many requests right now.", content: "Wait about a minute, then try again." },
      server: {
        header: "Something went wrong on the server.",
        content: "Wait a moment and try again. If it goes on, contact your service provider.",
      },
      unknown: { header: "Something went wrong on this page.", content: "Reload the page, then try again." },
    },
  },
});
