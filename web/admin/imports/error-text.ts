import { columnOf, type ImportLayout } from "../../../lambdas/contract/import-layouts.ts";
import type { Language } from "../../../lambdas/contract/language.ts";
import { messageText } from "../../../lambdas/contract/messages.ts";
import { errorLine, keyed } from "../../../lambdas/imports/files/import-error.ts";
import type { FileError } from "./check-file.ts";

/** An error of a file as the page shows it, whoever has found it. */
export type ShownError = {
  readonly row: number;
  /** 0 is the whole row. */
  readonly column: number;
  /** In the reader's language, where the file has such a column. */
  readonly columnName?: string | undefined;
  readonly value: string;
  readonly code: string;
  readonly message: string;
};

/** What this page has found, in the reader's language. */
export const shownError = (error: FileError, layout: ImportLayout, language: Language): ShownError => ({
  row: error.row,
  column: error.column ?? 0,
  columnName: columnOf(layout, error.column ?? 0)?.[language] ?? "",
  value: error.value ?? "",
  code: error.code,
  message: messageText(error.code, language, error.facts),
});

/** 「9 デバイスコード」 */
export const columnText = ({ column, columnName = "" }: ShownError): string =>
  column === 0 ? "" : `${column} ${columnName}`.trim();

/** A refused file's one sentence, with its place. */
export const refusalText = (fault: FileError, layout: ImportLayout, language: Language): string =>
  errorLine(keyed(layout, fault), language);
