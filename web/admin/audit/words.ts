import type { AuditAction, AuditKind } from "../../../lambdas/contract/audit.ts";
import { reasonNames } from "../../../lambdas/contract/reason-names.ts";
import type { RevocationReason } from "../../../lambdas/contract/shapes.ts";
import { texts } from "../../shared/texts.ts";

type Actors = Readonly<Record<"administrator" | "operator" | "holder" | "system", string>>;
type Words = {
  readonly actions: Readonly<Record<AuditAction, string>>;
  readonly kinds: Readonly<Record<AuditKind, string>>;
  readonly actors: Actors;
  /** What else is recorded, by its name; others are shown as they are named. */
  readonly facts: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<RevocationReason, string>>;
  readonly title: string;
  readonly advice: string;
  readonly list: string;
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly subject: string;
  readonly details: string;
  readonly filter: string;
  readonly from: string;
  readonly to: string;
  readonly days: string;
  readonly daysAdvice: string;
  readonly who: string;
  readonly whoAdvice: string;
  readonly whom: string;
  readonly whomAdvice: string;
  readonly kind: string;
  readonly search: string;
  readonly clear: string;
  readonly nothing: (day: string) => string;
  readonly more: string;
  readonly lookedTo: (day: string) => string;
  readonly all: (day: string) => string;
  readonly save: string;
  readonly saving: (count: number) => string;
  readonly fileName: string;
  readonly request: (id: string) => string;
  readonly certificates: (count: number) => string;
  readonly colon: string;
  readonly arrow: (from: string, to: string) => string;
  readonly none: string;
};

/** Words of 操作履歴. */
export const auditWords = texts<Words>({
  ja: {
    reasons: reasonNames.ja,
    title: "操作履歴",
    advice: "管理者、利用者、サービス提供会社、システムが行った操作の記録です。変更や削除はできません。",
    list: "操作の一覧",
    at: "日時",
    action: "操作",
    actor: "操作者",
    subject: "対象",
    details: "詳細",
    filter: "絞り込み",
    days: "期間",
    daysAdvice: "形式：yyyy/mm/dd（空欄の場合は最近30日間）",
    from: "期間（から）",
    to: "期間（まで）",
    who: "操作者",
    whoAdvice: "氏名・IPアドレスの一部",
    whom: "対象",
    whomAdvice: "氏名・メールアドレス・ファイル名の一部",
    kind: "操作の種類",
    search: "検索実行",
    clear: "条件をクリア",
    nothing: (day) => `${day} 以降に、条件に合う操作はありません。`,
    more: "さらに古い操作を表示",
    lookedTo: (day) => `${day} までさかのぼって表示しています。`,
    all: (day) => `${day} 以降の操作は、これですべてです。`,
    save: "CSVで保存",
    saving: (count) => `CSVを作成しています（${count.toLocaleString("en")} 件）`,
    fileName: "操作履歴.csv",
    request: (id) => `リクエストID：${id}`,
    certificates: (count) => `${count.toLocaleString("en")} 枚`,
    colon: "：",
    arrow: (from, to) => `${from} → ${to}`,
    none: "（なし）",
    kinds: {
      registration: "登録・発行",
      revocation: "失効",
      handOut: "ダウンロード・パスワードの表示",
      mail: "案内メール",
      file: "CSVファイル",
      setting: "契約・設定",
      look: "照会・運用",
    },
    actors: {
      administrator: "管理者",
      operator: "サービス提供会社",
      holder: "証明書の利用者",
      system: "システム",
    },
    actions: {
      "subscriber.register": "利用者の登録",
      "certificate.issue": "証明書の発行",
      "certificate.fail": "証明書の発行エラー",
      "certificate.revoke": "証明書の失効",
      "certificate.planRevocation": "失効の予約",
      "certificate.changeRevocation": "失効の予約の変更",
      "certificate.cancelRevocation": "失効の予約の取消",
      "certificate.download": "証明書のダウンロード",
      "credential.reveal": "IDとパスワードの表示（利用者）",
      "credential.show": "IDとパスワードの表示（サービス提供会社）",
      "import.download": "一括ダウンロード用ファイルの取得",
      "audit.export": "操作履歴のCSV保存",
      "key.destroy": "秘密の鍵の破棄",
      "certificate.resend": "案内メールの再送",
      "administrator.resend": "管理者への案内メールの再送",
      "import.create": "CSVファイルの受付",
      "import.accept": "CSVファイルの処理開始",
      "import.refuse": "CSVファイルの差し戻し",
      "import.stop": "CSVファイルの中止",
      "import.finish": "CSVファイルの処理終了",
      "import.package": "一括ダウンロード用ファイルの作成",
      "tenant.create": "利用法人の登録",
      "tenant.update": "利用法人の変更",
      "service.create": "サービスの登録",
      "service.update": "サービスの変更",
      "organization.create": "組織の登録",
      "domain.claim": "ドメインの登録",
      "domain.share": "ドメインの共有",
      "domain.release": "ドメインの解除",
      "administrator.create": "管理者の登録",
      "administrator.reissue": "管理者用証明書の再発行",
      "administrator.revoke": "管理者の失効",
      "tenant.list": "利用法人一覧の照会",
      "tenant.show": "利用法人の照会",
      "domain.list": "ドメイン一覧の照会",
      "administrator.list": "管理者一覧の照会",
      "certificate.list": "証明書一覧の照会",
      "certificate.show": "証明書の照会",
      "audit.list": "操作履歴の照会",
      "audit.verify": "操作履歴の検証",
      "nightly.run": "夜間処理の実行",
      "crl.publish": "失効リストの発行",
    },
    facts: {
      serialNumber: "シリアル番号",
      reason: "理由",
      on: "予定日",
      due: "予定日",
      rows: "件数",
      done: "処理済み",
      failed: "失敗",
      skipped: "対象外",
      stopped: "未処理",
      errors: "誤り",
      fileName: "ファイル名",
      operation: "処理",
      certificates: "証明書",
      detail: "詳細",
      from: "から",
      to: "まで",
      who: "操作者",
      whom: "対象",
      kind: "種類",
      domain: "ドメイン",
      name: "名称",
      englishName: "英語表記",
      language: "言語",
      status: "状態",
      email: "メールアドレス",
      options: "オプション",
      issuing: "新規発行",
      licences: "ライセンス数",
      key: "鍵の種類",
      validityMonths: "有効期間（月）",
      mailDomains: "使用できるメールドメイン",
      principalSuffixes: "使用できるプリンシパル名のサフィックス",
      subjectOrganizations: "使用できる Organization",
    },
  },
  en: {
    reasons: reasonNames.en,
    title: "Activity",
    advice:
      "What administrators, subscribers, the service provider and the system did. Nothing here can be changed or deleted.",
    list: "Activity",
    at: "When",
    action: "What",
    actor: "Who",
    subject: "Whom or what",
    details: "Details",
    filter: "Filter",
    days: "Days",
    daysAdvice: "Format: yyyy/mm/dd (empty: the last thirty days)",
    from: "Days, from",
    to: "Days, to",
    who: "Who",
    whoAdvice: "Part of a name or an IP address",
    whom: "Whom or what",
    whomAdvice: "Part of a name, an e-mail address or a file name",
    kind: "Kind of act",
    search: "Search",
    clear: "Clear the conditions",
    nothing: (day) => `Nothing since ${day} meets the conditions.`,
    more: "Show older acts",
    lookedTo: (day) => `Shown down to ${day}.`,
    all: (day) => `This is everything since ${day}.`,
    save: "Save as CSV",
    saving: (count) => `Making the CSV (${count.toLocaleString("en")} lines)`,
    fileName: "activity.csv",
    request: (id) => `Request ${id}`,
    certificates: (count) => count.toLocaleString("en"),
    colon: ": ",
    arrow: (from, to) => `${from} → ${to}`,
    none: "(none)",
    kinds: {
      registration: "Registration and issuance",
      revocation: "Revocation",
      handOut: "Downloads and passwords shown",
      mail: "E-mails",
      file: "CSV files",
      setting: "Contract and settings",
      look: "Queries and operation",
    },
    actors: {
      administrator: "Administrator",
      operator: "Service provider",
      holder: "Holder of the certificate",
      system: "System",
    },
    actions: {
      "subscriber.register": "Subscriber registered",
      "certificate.issue": "Certificate issued",
      "certificate.fail": "Issuance failed",
      "certificate.revoke": "Certificate revoked",
      "certificate.planRevocation": "Revocation planned",
      "certificate.changeRevocation": "Planned revocation changed",
      "certificate.cancelRevocation": "Planned revocation cancelled",
      "certificate.download": "Certificate downloaded",
      "credential.reveal": "ID and password shown to the holder",
      "credential.show": "ID and password shown to the provider",
      "import.download": "Bulk download taken",
      "audit.export": "Activity saved as CSV",
      "key.destroy": "Private key destroyed",
      "certificate.resend": "E-mails sent again",
      "administrator.resend": "Administrator’s e-mails sent again",
      "import.create": "CSV file announced",
      "import.accept": "CSV file accepted",
      "import.refuse": "CSV file refused",
      "import.stop": "CSV file stopped",
      "import.finish": "CSV file finished",
      "import.package": "Bulk download made",
      "tenant.create": "Company registered",
      "tenant.update": "Company changed",
      "service.create": "Service registered",
      "service.update": "Service changed",
      "organization.create": "Organization registered",
      "domain.claim": "Domain claimed",
      "domain.share": "Domain shared",
      "domain.release": "Domain released",
      "administrator.create": "Administrator registered",
      "administrator.reissue": "Administrator’s certificate reissued",
      "administrator.revoke": "Administrator revoked",
      "tenant.list": "Companies listed",
      "tenant.show": "Company looked up",
      "domain.list": "Domains listed",
      "administrator.list": "Administrators listed",
      "certificate.list": "Certificates listed",
      "certificate.show": "Certificate looked up",
      "audit.list": "Activity looked up",
      "audit.verify": "Activity verified",
      "nightly.run": "Nightly work run",
      "crl.publish": "Revocation list published",
    },
    facts: {
      serialNumber: "Serial number",
      reason: "Reason",
      on: "Planned for",
      due: "Planned for",
      rows: "Rows",
      done: "Done",
      failed: "Failed",
      skipped: "Left out",
      stopped: "Not done",
      errors: "Mistakes",
      fileName: "File",
      operation: "Operation",
      certificates: "Certificates",
      detail: "Detail",
      from: "From",
      to: "To",
      who: "Who",
      whom: "Whom",
      kind: "Kind",
      domain: "Domain",
      name: "Name",
      englishName: "English name",
      language: "Language",
      status: "Status",
      email: "E-mail address",
      options: "Options",
      issuing: "Issuing new certificates",
      licences: "Licences",
      key: "Key type",
      validityMonths: "Validity in months",
      mailDomains: "Allowed mail domains",
      principalSuffixes: "Allowed principal name suffixes",
      subjectOrganizations: "Allowed organizations (O)",
    },
  },
});
