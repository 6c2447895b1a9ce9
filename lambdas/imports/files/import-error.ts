import { type ImportColumnKey, importColumns, type ImportLayout } from "../../contract/import-layouts.ts";
import type { RowOutcome } from "../../contract/imports.ts";
import type { Facts, Language } from "../../contract/language.ts";
import { type MessageCode, messageText } from "../../contract/messages.ts";

/**
 * What is wrong with a file or a row. Row and column count from 1. Row 0 is the file, or with a column all of its rows;
 * without a column it is the whole row.
 */
export type ImportError = {
  readonly row: number;
  readonly column?: number;
  readonly key?: ImportColumnKey;
  /** The cell, as `shownValue` shows it; absent where it is empty. */
  readonly value?: string;
  readonly code: MessageCode;
  readonly facts?: Facts;
  /** How the row ended, where the file was worked on. */
  readonly outcome?: RowOutcome;
};

/** The column's name, where the error has one that the layout knows. */
export const columnName = ({ key }: Pick<ImportError, "key">, language: Language): string | undefined =>
  key === undefined ? undefined : importColumns[key][language];

const quoted = (value: string, language: Language) => (language === "ja" ? `「${value}」` : `“${value}”`);
const colon = { ja: "：", en: ": " } as const;

/** 「5」：デバイスコードは… : the error's sentence in the reader's language, after the value that it is about. */
export function errorText({ code, facts, value }: Omit<ImportError, "row">, language: Language): string {
  const text = messageText(code, language, facts);
  return value === undefined ? text : `${quoted(value, language)}${colon[language]}${text}`;
}

/** 行:3 項目:9 デバイスコード「5」：… : the error with its place; 全行 where it is in every row, nothing for the file itself. */
export function errorLine(error: ImportError, language: Language): string {
  const { row, column = 0, code, facts, value } = error;
  if (row === 0 && column === 0) return errorText(error, language);
  const words =
    language === "ja"
      ? { all: "全行", row: "行:", column: "項目:" }
      : { all: "All rows", row: "Row ", column: "column " };
  const name = columnName(error, language);
  const place = [
    row === 0 ? words.all : `${words.row}${row}`,
    ...(column === 0 ? [] : [`${words.column}${column}`]),
    ...(name === undefined ? [] : [name]),
  ].join(" ");
  const shown = value === undefined ? "" : quoted(value, language);
  return `${place}${language === "en" && shown !== "" ? " " : ""}${shown}${colon[language]}${messageText(code, language, facts)}`;
}

/** The same error with its column's key by the layout. */
export function keyed<E extends Pick<ImportError, "column">>(
  layout: ImportLayout,
  error: E,
): E & Pick<ImportError, "key"> {
  const key = error.column === undefined ? undefined : layout.columns[error.column - 1];
  return key === undefined ? error : { ...error, key };
}
