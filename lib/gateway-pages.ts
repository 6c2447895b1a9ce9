import { ResponseType } from "aws-cdk-lib/aws-apigateway";
import { type ErrorWords, missingWords } from "../lambdas/contract/error-page.ts";

/** An answer that API Gateway gives by itself. Without a status it keeps the one that API Gateway gives. */
export type GatewayAnswer = { readonly type: ResponseType; readonly status?: string; readonly words: ErrorWords };

const tooLarge: ErrorWords = {
  ja: { title: "送信された内容が大きすぎます", what: "大きさを減らしてから、もう一度お試しください。" },
  en: { title: "This is too large", what: "Make it smaller, then try again." },
};

const busy: ErrorWords = {
  ja: {
    title: "アクセスが集中しています",
    what: "ただいま混み合っているため、表示できません。1分ほど待ってから、もう一度開いてください。",
  },
  en: {
    title: "There are too many requests",
    what: "The page cannot be shown at the moment. Wait about a minute, then open it again.",
  },
};

export const unavailableWords: ErrorWords = {
  ja: {
    title: "ただいまサービスに接続できません",
    what: "しばらく待ってから、もう一度開いてください。続く場合は、サービス提供会社にお問い合わせください。",
  },
  en: {
    title: "The service cannot be reached at the moment",
    what: "Wait a while, then open the page again. If it goes on, ask the service provider.",
  },
};

const wrongCertificate: ErrorWords = {
  ja: {
    title: "この電子証明書では、システム管理画面を開けません",
    what: "ブラウザで選択された電子証明書は、管理者用電子証明書ではないか、有効期限が切れています。利用者用の電子証明書や、ほかのサービスの電子証明書では開けません。",
    steps: [
      "ブラウザのウィンドウをすべて閉じます（Mac ではブラウザを終了します）。選択した電子証明書は、それまでブラウザに記憶されています。",
      "ブラウザを起動し直し、案内メールに記載されたシステム管理画面の URL を開きます。",
      "証明書の選択画面で、ご自身の管理者用電子証明書（発行者の名前が「Administrators CA」で終わるもの）を選択します。",
      "選択画面に管理者用電子証明書が表示されない場合や、有効期限が切れている場合は、サービス提供会社にお問い合わせください。",
    ],
  },
  en: {
    title: "This certificate does not open the administration site",
    what: "The certificate that the browser presented is not an administrator’s, or it has expired. A subscriber’s certificate, or one of another service, does not open this site.",
    steps: [
      "Close all browser windows (on a Mac, quit the browser). Until then it remembers which certificate was chosen.",
      "Start the browser again and open the address of the administration site from your mail.",
      "When you are asked for a certificate, choose your administrator’s certificate (the name of its issuer ends in “Administrators CA”).",
      "If it is not in the list, or has expired, ask the service provider.",
    ],
  },
};

/** Of each site. One address that asks too often is blocked by the firewall; it may come back later, too. */
export const siteAnswers: readonly GatewayAnswer[] = [
  // API Gateway itself answers 403 "Missing Authentication Token" where there is no such method.
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: "404", words: missingWords },
  { type: ResponseType.REQUEST_TOO_LARGE, words: tooLarge },
  { type: ResponseType.THROTTLED, status: "429", words: busy },
  { type: ResponseType.WAF_FILTERED, status: "429", words: busy },
  { type: ResponseType.DEFAULT_5XX, words: unavailableWords },
];

/**
 * Of a site with mutual TLS: what is left of API Gateway's own 4xx is its refusal of a client certificate, which has no
 * type of its own (https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html).
 */
export const certificateAnswers: readonly GatewayAnswer[] = [
  ...siteAnswers,
  { type: ResponseType.DEFAULT_4XX, words: wrongCertificate },
];
