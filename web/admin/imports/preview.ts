import { type ImportLayout, isTemplateHeader } from "../../../lambdas/contract/import-layouts.ts";
import { importLimits } from "../../../lambdas/contract/imports.ts";

export type Encoding = "UTF-8" | "UTF-8 BOM" | "Shift_JIS";

/** Why a file is not worth sending. */
export type FileFault =
  | "empty"
  | "tooLarge"
  | "spreadsheet"
  | "utf16"
  | "binary"
  | "unknownEncoding"
  | "noRows"
  | "unreadable";

/** The beginning of a file as the server is going to read it. The server checks all of it and has the last word. */
export type Preview =
  | {
      readonly encoding: Encoding;
      /** The first records, with the numbers that error messages call them by. */
      readonly first: readonly { readonly line: number; readonly cells: readonly string[] }[];
      /** Is the first of them the template's header, which is no data? */
      readonly hasHeader: boolean;
      /** Rows of data. */
      readonly rows: number;
    }
  | { readonly fault: FileFault };

const shown = 5;

/** Looks into a chosen file: UTF-8 with or without BOM, else Shift_JIS as Windows writes it, else a fault. */
export function previewOf(bytes: Uint8Array, layout: ImportLayout): Preview {
  const fault = faultOf(bytes);
  if (fault) return { fault };
  const read = decoded(bytes);
  if (!read) return { fault: "unknownEncoding" };
  const first: { line: number; cells: readonly string[] }[] = [];
  let records = 0;
  let hasHeader = false;
  for (const { line, cells } of recordsIn(read.text)) {
    records += 1;
    if (records === 1) hasHeader = isTemplateHeader(layout, cells);
    if (first.length < shown) first.push({ line, cells });
  }
  const rows = records - (hasHeader ? 1 : 0);
  return rows > 0 ? { encoding: read.encoding, first, hasHeader, rows } : { fault: "noRows" };
}

function faultOf(bytes: Uint8Array): FileFault | undefined {
  const starts = (...magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  if (bytes.length === 0) return "empty";
  if (bytes.length > importLimits.bytes) return "tooLarge";
  // A ZIP (.xlsx) and OLE 2 (.xls).
  if (starts(0x50, 0x4b, 3, 4) || starts(0xd0, 0xcf, 0x11, 0xe0)) return "spreadsheet";
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return "utf16";
  return bytes.includes(0) ? "binary" : undefined;
}

function decoded(bytes: Uint8Array): { readonly text: string; readonly encoding: Encoding } | undefined {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const attempts = marked ? (["utf-8"] as const) : (["utf-8", "shift_jis"] as const);
  for (const name of attempts)
    try {
      const text = new TextDecoder(name, { fatal: true }).decode(bytes);
      return { text, encoding: name === "shift_jis" ? "Shift_JIS" : marked ? "UTF-8 BOM" : "UTF-8" };
    } catch {
      // Not this one.
    }
  return undefined;
}

/** The records of a CSV text (RFC 4180, any line end) that are not blank, each with the number of its first line's record. */
function* recordsIn(text: string): Generator<{ readonly line: number; readonly cells: readonly string[] }> {
  let cells: string[] = [];
  let cell = "";
  let quoted = false;
  let line = 1;
  const ended = () => {
    const record = { line, cells: [...cells, cell.trim()] };
    cells = [];
    cell = "";
    line += 1;
    return record;
  };
  for (let at = 0; at < text.length; at += 1) {
    const mark = text[at];
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') {
        cell += mark;
        at += 1;
      } else quoted = false;
    } else if (mark === '"' && cell.trim() === "") {
      cell = "";
      quoted = true;
    } else if (mark === ",") {
      cells.push(cell.trim());
      cell = "";
    } else if (mark === "\r" || mark === "\n") {
      if (mark === "\r" && text[at + 1] === "\n") at += 1;
      const record = ended();
      if (record.cells.some((one) => one !== "")) yield record;
    } else cell += mark;
  }
  const last = ended();
  if (last.cells.some((one) => one !== "")) yield last;
}
