import type { Language } from "../../contract/rules.ts";
import { type Column, type ColumnKey, columns } from "./columns.ts";

/** What stands where in a file. Optional columns at the end may be left off. */
export type Layout = { readonly columns: readonly ColumnKey[]; readonly example: readonly string[] };

const person = [
  "primaryEmail",
  "familyName",
  "givenName",
  "familyNameKana",
  "givenNameKana",
  "familyNameEnglish",
  "givenNameEnglish",
  "certificateEmail",
] as const;
const subject = ["organization", "unit1", "unit2"] as const;
const period = ["from", "to"] as const;
const links = ["linkId", "principalName"] as const;
const limits = ["limit", "macAddress", "computerName", "loginName", "biosSerial"] as const;
const slot = ["primaryEmail", "certificateEmail", "device"] as const;
const slotWithSubject = ["primaryEmail", "certificateEmail", ...subject, "device"] as const;

const taro = "Yamada-Taro@mytest.jp";
const taroInFull = [taro, "山田", "太郎", "ヤマダ", "タロウ", "Yamada", "Taro", taro];
const units = ["o", "ou1", "ou2"];
const limitsOfTaro = ["2", "111111111111", "host-test", "山田太郎", "aaaaaaaaaaaa"];
const newLimitsOfTaro = ["1", "1234567890ab", "hosttest", "山田太郎", "bbbbbbbbbbbb"];
const none = (count: number) => Array.from({ length: count }, () => "");

/** Each file that customers may send, by operation and by what the service has contracted. */
export const layouts = {
  register: { columns: [...person, "device", ...period, ...links], example: [...taroInFull, "01"] },
  registerSubject: {
    columns: [...person, ...subject, "device", ...period, ...links],
    example: [...taroInFull, ...units, "01"],
  },
  registerLimit: {
    columns: [...person, "device", ...period, ...links, ...limits],
    example: [...taroInFull, "01", ...none(4), ...limitsOfTaro],
  },
  registerSubjectLimit: {
    columns: [...person, ...subject, "device", ...period, ...links, ...limits],
    example: [...taroInFull, ...units, "01", ...none(4), ...limitsOfTaro],
  },
  revoke: { columns: slot, example: [taro, taro, "01"] },
  reissue: { columns: [...slot, ...period], example: [taro, taro, "01"] },
  reissueSubject: { columns: [...slotWithSubject, ...period], example: [taro, taro, ...units, "01"] },
  reissueLimit: {
    columns: [...slot, ...period, ...limits],
    example: [taro, taro, "01", ...none(2), ...newLimitsOfTaro],
  },
  reissueSubjectLimit: {
    columns: [...slotWithSubject, ...period, ...limits],
    example: [taro, taro, ...none(3), "01", ...none(2), ...newLimitsOfTaro],
  },
  remove: { columns: ["primaryEmail"], example: [taro] },
} as const satisfies Record<string, Layout>;

/** The column at a place counted from 1. */
export function columnOf(layout: Layout, place: number): Column | undefined {
  const key = layout.columns[place - 1];
  return key === undefined ? undefined : columns[key];
}

/** How many columns a row must have: up to the last required one. */
export const leastColumns = (layout: Layout): number =>
  layout.columns.findLastIndex((key) => columns[key].required) + 1;

/** The names of the columns, in the file's order. */
export const templateHeader = (layout: Layout, language: Language): readonly string[] =>
  layout.columns.map((key) => columns[key][language]);

/** Is this the header of our own template, in either language, optional columns left off or not? */
export const isTemplateHeader = (layout: Layout, cells: readonly string[]): boolean =>
  cells.length >= leastColumns(layout) &&
  (["ja", "en"] as const).some((language) => {
    const header = templateHeader(layout, language);
    return cells.every((cell, at) => cell === header[at]);
  });

/** A file to begin with: header and one example, in what spreadsheets open rightly (UTF-8 with BOM, CRLF). */
export function templateFile(layout: Layout, language: Language): Buffer {
  const example = layout.columns.map((_, at) => layout.example[at] ?? "");
  const line = (cells: readonly string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\r\n`;
  return Buffer.from(`\ufeff${line(templateHeader(layout, language))}${line(example)}`, "utf8");
}
