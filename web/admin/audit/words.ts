import { texts } from "../../shared/texts.ts";

type Words = {
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
  },
  en: {
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
  },
});
