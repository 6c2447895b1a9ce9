import type { Device } from "../../lambdas/contract/fields.ts";
import { reasonNames } from "../../lambdas/contract/reason-names.ts";
import type { ServiceOption, Status } from "../../lambdas/contract/shapes.ts";
import { type Phrases, texts } from "../shared/texts.ts";

type Named<Code extends string> = Readonly<Record<Code, string>>;

const jaDevices: Named<Device> = {
  "01": "WindowsPC",
  "11": "iOS(iPhone)",
  "12": "iOS(iPad)",
  "20": "Android",
  "99": "その他",
};

const jaStatuses: Readonly<Record<Status, Phrases>> = {
  issuing: ["証明書", "発行中"],
  issued: ["証明書", "発行済"],
  downloaded: ["証明書", "ダウンロード済"],
  revoked: ["証明書", "失効済"],
  // A failed issuance stays "being issued" until it is retried; the badge beside it says so.
  failed: ["証明書", "発行中"],
};

const jaOptions: Named<ServiceOption> = {
  period: "期間指定",
  "period-time": "期間+時間指定",
  organization: "O,OU指定",
  "install-limit": "インストール制限",
  "download-site": "ダウンロードサイト",
  mobileconfig: "mobileconfig（iOS）",
  "smart-card": "スマートカードログオン",
  "device-keys": "デバイスでの鍵生成",
};

/** What the contract's codes are called. */
export const codeWords = texts({
  ja: { devices: jaDevices, statuses: jaStatuses, options: jaOptions, reasons: reasonNames.ja },
  en: {
    devices: { "01": "Windows PC", "11": "iOS (iPhone)", "12": "iOS (iPad)", "20": "Android", "99": "Other" },
    statuses: {
      issuing: ["Being issued"],
      issued: ["Issued"],
      downloaded: ["Downloaded"],
      revoked: ["Revoked"],
      failed: ["Being issued"],
    },
    options: {
      period: "Validity by date",
      "period-time": "Validity by date and time",
      organization: "O and OU",
      "install-limit": "Install limits",
      "download-site": "Download site",
      mobileconfig: "mobileconfig (iOS)",
      "smart-card": "Smart-card logon",
      "device-keys": "Keys made on the device",
    },
    reasons: reasonNames.en,
  },
});

/** The order in which every screen of the manual lists the devices. */
export const deviceOrder = ["01", "11", "12", "99", "20"] as const satisfies readonly Device[];

/** Words of the top page. */
export const topWords = texts({
  ja: {
    title: "ようこそ",
    greeting: (company: string, name: string) => `${company} ${name} 様`,
    open: "利用者メンテナンスを開く",
    attention: "ご確認ください",
    noAttention: "現在、確認が必要なことはありません。",
    running: (count: number) => `処理中のCSVファイルが ${count} 件あります。`,
    toJobs: "CSV処理状況を開く",
    licencesLeft: (service: string, left: string, all: string) =>
      `「${service}」のライセンスの残りが少なくなっています（残り ${left} / 契約 ${all}）。`,
    licencesGone: (service: string, all: string) =>
      `「${service}」のライセンスをすべて使用しています（契約 ${all}）。証明書を新規発行できません。`,
    services: "ご契約のサービス",
    service: "サービス名",
    options: "オプション",
    noOptions: "なし",
    issuing: "証明書の新規発行",
    allowed: "許可",
    notAllowed: "許可されていません",
    licences: "ライセンス（使用数 / 契約数）",
    noServices: "ご利用いただけるサービスがまだありません。サービス提供会社へお問い合わせください。",
    certificate: "管理者用証明書",
    email: "メールアドレス",
    notAfter: "有効期限",
    comma: "、",
    until: (date: string, days: number) => `${date}（残り ${days} 日）`,
    endsSoon: "管理者用証明書の有効期限が近づいています。",
    endsSoonAdvice: "期限を過ぎるとこの画面を開けなくなります。更新についてはサービス提供会社へお問い合わせください。",
  },
  en: {
    title: "Welcome",
    greeting: (company, name) => `${name}, ${company}`,
    open: "Open Subscribers",
    attention: "Needs your attention",
    noAttention: "Nothing needs your attention now.",
    running: (count) => (count === 1 ? "1 CSV file is under way." : `${count} CSV files are under way.`),
    toJobs: "Open CSV progress",
    licencesLeft: (service, left, all) => `Few licences are left of ${service}: ${left} of ${all}.`,
    licencesGone: (service, all) => `All ${all} licences of ${service} are used. No new certificate can be issued.`,
    services: "Your services",
    service: "Service",
    options: "Options",
    noOptions: "None",
    issuing: "Issuing new certificates",
    allowed: "Allowed",
    notAllowed: "Not allowed",
    licences: "Licences (used / total)",
    noServices: "There is no service yet. Please contact your service provider.",
    certificate: "Administrator certificate",
    email: "E-mail address",
    notAfter: "Valid until",
    comma: ", ",
    until: (date, days) => `${date} (${days === 1 ? "1 day" : `${days} days`} left)`,
    endsSoon: "Your administrator certificate is about to expire.",
    endsSoonAdvice: "After that this site cannot be opened. Contact your service provider about renewing it.",
  },
});
