import type { Message } from "./language.ts";

/** What is wrong with a row of a file beyond the rules of its fields, and what became of one that was worked on. */
export const rowFaults = {
  columnsMissing: {
    ja: "項目が足りません（{given}項目。必要な項目数は{least..most}です）。コンマの数を確認してください。",
    en: "There are too few columns ({given}; {least..most} are needed). Check the commas of this row.",
  },
  columnsSurplus: {
    ja: "項目が多すぎます（{given}項目。必要な項目数は{least..most}です）。コンマの数を確認してください。",
    en: "There are too many columns ({given}; {least..most} are needed). Check the commas of this row.",
  },
  slotTwice: {
    ja: "代表メールアドレス・利用デバイス用メールアドレス・デバイスコードの組が、{first}行目と重複しています。どちらかの行を削除してください。",
    en: "Row {first} has the same mail addresses and device code. Remove one of the two rows.",
  },
  namesDiffer: {
    ja: "同じ代表メールアドレスの{first}行目と氏名が異なります（{first}行目：{stored}　この行：{given}）。氏名をそろえるか、別のメールアドレスにしてください。",
    en: "Row {first} has the same contact address with another name (row {first}: {stored}; this row: {given}). Give both the same name, or another address.",
  },
  slotUnknown: {
    ja: "この代表メールアドレス・利用デバイス用メールアドレス・デバイスコードの証明書は登録されていません。値とサービスを確認してください。",
    en: "This service has no certificate for these mail addresses and this device. Check the values and the service.",
  },
  nothingToRevoke: {
    ja: "有効な証明書がないため、失効の必要はありませんでした。",
    en: "It has no live certificate: there was nothing to revoke.",
  },
  issuanceFailed: { ja: "証明書を発行できませんでした。{reason}", en: "The certificate could not be issued. {reason}" },
  rowFailed: {
    ja: "システムの都合により処理できませんでした。この行をあらためて処理してください。",
    en: "The system could not do this row. Please handle it once more.",
  },
} as const satisfies Record<string, Message>;
