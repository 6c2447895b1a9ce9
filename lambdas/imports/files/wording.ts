import { columnOf, type ImportLayout } from "../../contract/import-layouts.ts";
import { filled, type Language, ruleText } from "../../contract/rules.ts";
import type { ImportError } from "../job.ts";

/** What is said of files and of rows as wholes; `{fact}` is filled from the error's facts. Cells' rules are worded by the contract. */
const wordings: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  fileEmpty: { ja: "ファイルが空です。", en: "The file is empty." },
  fileTooLarge: {
    ja: "ファイルのサイズが上限（{megabytes}MB）を超えています。ファイルを分割してください。",
    en: "The file is larger than {megabytes} MB. Split it.",
  },
  fileIsSpreadsheet: {
    ja: "CSV ではなく Excel ファイルです。Excel で「CSV UTF-8（コンマ区切り）」として保存し直してください。",
    en: "This is an Excel workbook, not CSV. Save it in Excel as “CSV UTF-8 (comma delimited)”.",
  },
  fileIsUtf16: {
    ja: "文字コードが UTF-16（Unicode テキスト）です。UTF-8 または Shift_JIS で保存し直してください。",
    en: "The file is in UTF-16 (“Unicode text”). Save it as UTF-8 or Shift_JIS.",
  },
  fileHasNul: {
    ja: "CSV ファイルではありません（ここに、文字ではないデータ NUL が含まれています）。",
    en: "This is not a CSV file: here it contains a byte that is no text (NUL).",
  },
  fileEncodingUnknown: {
    ja: "文字コードを判別できません。UTF-8 または Shift_JIS で保存し直してください。",
    en: "The characters can be read neither as UTF-8 nor as Shift_JIS. Save the file in one of these.",
  },
  fileEncodingsMixed: {
    ja: "文字コードが混在しています（この行は UTF-8 ですが、{other}行目は UTF-8 ではありません）。どちらかにそろえて保存し直してください。",
    en: "Two encodings are mixed: this row is UTF-8, row {other} is not. Save the whole file in one.",
  },
  fileIsHtml: {
    ja: "CSV ではなく HTML（または XML）ファイルです。元のファイルを、コンマ区切り（CSV）で保存し直してください。",
    en: "This is an HTML or XML file, not CSV. Save the original as CSV (comma delimited).",
  },
  fileIsPdf: {
    ja: "CSV ではなく PDF ファイルです。元のファイルを、コンマ区切り（CSV）で保存し直してください。",
    en: "This is a PDF file, not CSV. Save the original as CSV (comma delimited).",
  },
  fileIsTabSeparated: {
    ja: "区切りがタブです。コンマ区切り（CSV）で保存し直してください。",
    en: "The columns are separated by tabs. Save the file as CSV (comma delimited).",
  },
  fileIsSeparatedOtherwise: {
    ja: "区切りが{character}です。コンマ区切り（CSV）で保存し直してください。",
    en: "The columns are separated by {character}. Save the file as CSV (comma delimited).",
  },
  fileHasExample: {
    ja: "テンプレートの入力例（Yamada-Taro@mytest.jp）の行です。この行を削除してください。",
    en: "This row is the example of the template (Yamada-Taro@mytest.jp). Remove it.",
  },
  fileHasHeading: {
    ja: "見出しの行のようです。この行を削除して、1行目からデータを入力してください。",
    en: "This row seems to be a heading. Remove it: the data begin in the first row.",
  },
  fileHasTitle: {
    ja: "この行から{last}行目までは、表題や見出しの行のようです。削除して、1行目からデータを入力してください。",
    en: "The rows from here to row {last} seem to be a title or heading. Remove them: the data begin in the first row.",
  },
  fileIsShifted: {
    ja: "この項目は、{expected}列目ではなく{found}列目にあるようです。項目の過不足と並び順を確認してください。",
    en: "This seems to be in column {found}, not in column {expected}. Check the number and the order of the columns.",
  },
  fileColumnsMissing: {
    ja: "すべての行で項目が足りません（{given}項目。必要な項目数は{range}です）。",
    en: "Every row has too few columns ({given}; {range} are needed).",
  },
  fileColumnsSurplus: {
    ja: "すべての行で項目が多すぎます（{given}項目。必要な項目数は{range}です）。",
    en: "Every row has too many columns ({given}; {range} are needed).",
  },
  fileHasNoRows: { ja: "データの行がありません。", en: "The file has no rows." },
  fileHasTooManyRows: {
    ja: "行数（{count}行）が上限（{rows}行）を超えています。ファイルを分割してください。",
    en: "The file has {count} rows, more than {rows}. Split it.",
  },
  fileHasTooManyEmptyRows: {
    ja: "空の行（コンマだけの行）が多すぎます。空の行を削除してください。",
    en: "There are too many rows of nothing but commas. Remove them.",
  },
  fileRowTooLong: {
    ja: "この行は長すぎます。区切りを確認してください。",
    en: "This row is too long. Check its commas.",
  },
  fileHasTooManyColumns: { ja: "項目が多すぎます。", en: "There are too many columns." },
  fileQuoteOpen: {
    ja: 'この行の引用符「"」が閉じられていません。',
    en: 'A quotation mark (") in this row is never closed.',
  },
  fileQuoteMisplaced: {
    ja: '引用符「"」の位置が正しくありません。値の全体を「"」で囲み、値の中の「"」は「""」と入力してください。',
    en: 'A quotation mark (") is out of place. Quote the whole value, and double a quotation mark inside it.',
  },
  columnsMissing: {
    ja: "項目が足りません（{given}項目。必要な項目数は{range}です）。",
    en: "There are too few columns ({given}; {range} are needed).",
  },
  columnsSurplus: {
    ja: "項目が多すぎます（{given}項目。必要な項目数は{range}です）。",
    en: "There are too many columns ({given}; {range} are needed).",
  },
  slotTwice: {
    ja: "代表メールアドレス・利用デバイス用メールアドレス・デバイスコードの組が、{first}行目と重複しています。",
    en: "The same mail addresses and device code stand in row {first} already.",
  },
  namesDiffer: {
    ja: "同じ代表メールアドレスの{first}行目と氏名が異なります。{first}行目：{stored}　この行：{given}",
    en: "Row {first} has the same contact address with another name. Row {first}: {stored}. This row: {given}.",
  },
};

/** The sentence of an error of files, rows or cells; a code of none of these is worded as malformed. */
export function importSentence(error: Pick<ImportError, "code" | "facts">, language: Language): string {
  const wording = wordings[error.code]?.[language];
  return wording === undefined
    ? ruleText(error.code, language, error.facts)
    : filled(wording, { ...error.facts, ...rangeOf(error.facts, language) }, language);
}

/** 9～13, or 3 alone, of the numbers of columns that a layout has. */
function rangeOf({ least, most }: NonNullable<ImportError["facts"]> = {}, language: Language) {
  if (least === undefined || most === undefined) return {};
  return { range: least === most ? least : `${least}${language === "ja" ? "～" : " to "}${most}` };
}

/** 「行:3 項目:9 デバイスコード：」, 「行:3：」, 「全行 項目:9 デバイスコード：」, or nothing for the file itself. */
export function importPlace(
  { row, column }: Pick<ImportError, "row" | "column">,
  layout: ImportLayout,
  language: Language,
): string {
  const words =
    language === "ja"
      ? { all: "全行", row: "行:", column: "項目:", end: "：" }
      : { all: "All rows", row: "Row ", column: "column ", end: ": " };
  const rows = row === 0 ? words.all : `${words.row}${row}`;
  if (column === undefined || column === 0) return row === 0 ? "" : `${rows}${words.end}`;
  const name = columnOf(layout, column)?.[language];
  return `${rows} ${words.column}${column}${name === undefined ? "" : ` ${name}`}${words.end}`;
}
