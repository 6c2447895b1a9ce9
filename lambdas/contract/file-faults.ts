import type { Message } from "./language.ts";

/** What is wrong with a file as a whole, and what becomes of one that cannot be read. */
export const fileFaults = {
  fileEmpty: {
    ja: "ファイルが空です。データを入力して、保存し直してください。",
    en: "The file is empty. Enter the data and save it again.",
  },
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
    ja: "すべての行で項目が足りません（{given}項目。必要な項目数は{least..most}です）。",
    en: "Every row has too few columns ({given}; {least..most} are needed).",
  },
  fileColumnsSurplus: {
    ja: "すべての行で項目が多すぎます（{given}項目。必要な項目数は{least..most}です）。",
    en: "Every row has too many columns ({given}; {least..most} are needed).",
  },
  fileHasNoRows: {
    ja: "データの行がありません。1行に1件ずつ入力してください。",
    en: "The file has no rows. Enter one item in each row.",
  },
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
  fileHasTooManyColumns: {
    ja: "項目が多すぎます。コンマの数を確認してください。",
    en: "There are too many columns. Check the commas of this row.",
  },
  fileQuoteOpen: {
    ja: 'この行の引用符「"」が閉じられていません。値の終わりに「"」を追加してください。',
    en: 'A quotation mark (") in this row is never closed. Add one where the value ends.',
  },
  fileQuoteMisplaced: {
    ja: '引用符「"」の位置が正しくありません。値の全体を「"」で囲み、値の中の「"」は「""」と入力してください。',
    en: 'A quotation mark (") is out of place. Quote the whole value, and double a quotation mark inside it.',
  },
  uploadGone: {
    ja: "アップロードされたファイルを読み込めませんでした。もう一度アップロードしてください。",
    en: "The uploaded file could not be read. Please upload it again.",
  },
  uploadMissing: {
    ja: "ファイルがアップロードされませんでした。もう一度アップロードしてください。",
    en: "The file was not uploaded. Please upload it again.",
  },
  checkFailed: {
    ja: "ファイルの確認が完了しませんでした。もう一度アップロードしてください。",
    en: "The file could not be checked. Please upload it again.",
  },
  fileStopped: {
    ja: "ファイルの処理が中止されたため、処理していません。",
    en: "Not done, because the file was stopped.",
  },
} as const satisfies Record<string, Message>;
