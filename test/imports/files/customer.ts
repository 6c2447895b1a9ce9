import type { Language } from "../../../lambdas/contract/language.ts";
import type { ServiceOption } from "../../../lambdas/contract/shapes.ts";
import { FileRefusal } from "../../../lambdas/imports/files/file-refusal.ts";
import {
  type ImportLayout,
  importLayouts as layouts,
  type OperationCells,
} from "../../../lambdas/contract/import-layouts.ts";
import { decode } from "../../../lambdas/imports/files/decode.ts";
import { recordsOf } from "../../../lambdas/imports/files/records.ts";
import { readFile } from "../../../lambdas/imports/files/read-file.ts";
import { registerRows } from "../../../lambdas/imports/files/register-rows.ts";
import { revokeRows } from "../../../lambdas/imports/files/revoke-rows.ts";
import { type Checked, finished } from "../../../lambdas/imports/files/rows.ts";
import { errorLine, type ImportError, keyed } from "../../../lambdas/imports/files/import-error.ts";
import type { ContractedService } from "../../../lambdas/registry/tenant.ts";

export const now = new Date("2026-11-22T03:00:00Z"); // noon in Japan
const authorityEnd = new Date("2036-11-20T00:00:00Z");

export const service = (options: readonly ServiceOption[] = [], also: Partial<ContractedService> = {}) => ({
  tenantId: "t",
  serviceId: "s",
  name: "",
  options,
  issuing: true,
  licences: 1,
  licencesUsed: 0,
  key: "auto" as const,
  validityMonths: 60,
  mailDomains: [],
  subjectOrganizations: [],
  pkcs12: "auto" as const,
  principalSuffixes: [],
  ...also,
});

const bytesOf = (file: string | Uint8Array) => (typeof file === "string" ? Buffer.from(file) : file);
/** A file's rows as they are before anything is said of the file as a whole. */
export const rawRecordsIn = (file: string | Uint8Array, layout: ImportLayout = layouts.register) =>
  recordsOf(decode(bytesOf(file)).text, layout).records;
export const recordsIn = (file: string | Uint8Array, layout: ImportLayout = layouts.register) =>
  readFile(bytesOf(file), layout).records;

export const registering = (
  file: string | Uint8Array,
  contracted: ContractedService = service(),
  layout: ImportLayout = layouts.register,
): Checked<OperationCells["register"]> =>
  finished(registerRows(layout, recordsIn(file, layout), { service: contracted, now, authorityEnd }));
export const revoking = (file: string | Uint8Array): Checked<OperationCells["revoke"]> =>
  finished(revokeRows(layouts.revoke, recordsIn(file, layouts.revoke), { service: service(), now, authorityEnd }));

/** What a file as a whole was refused with. */
export function refusalOf(work: () => unknown) {
  try {
    work();
  } catch (error) {
    if (error instanceof FileRefusal) return error.fault;
    throw error;
  }
  throw new Error("was not refused");
}

/** The rows that are right: where each is in the file, and what it says. */
export const rowsOf = <Complete>({ rows }: Checked<Complete>) =>
  rows.map(({ record: { line }, cells }) => ({ line, cells }));
export const errorsOf = ({ errors }: Checked<unknown>) => errors;
export const placesOf = (checked: Checked<unknown>) =>
  errorsOf(checked).map(({ row, column, code }) => `${row}:${column} ${code}`);

/** What an administrator reads of an error in a registration. */
export const messageOf = (error: ImportError, language: Language) =>
  errorLine(keyed(layouts.register, error), language);

/** Characters of CP932 with their bytes: what the decoder reads, turned round. */
const cp932 = new Map<string, readonly number[]>();
const decoder = new TextDecoder("shift_jis", { fatal: true });
const learn = (...bytes: number[]) => {
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (Array.from(text).length === 1 && !cp932.has(text)) cp932.set(text, bytes);
  } catch {
    // No character has these bytes.
  }
};
for (let one = 0; one < 256; one++) learn(one);
for (let one = 0x81; one < 0xfd; one++) for (let two = 0x40; two < 0xfd; two++) learn(one, two);

/** The text in CP932; undefined when it has a character that CP932 lacks. */
export function inCp932(text: string): Buffer | undefined {
  const bytes: number[] = [];
  for (const character of text) {
    const known = cp932.get(character);
    if (known === undefined) return undefined;
    bytes.push(...known);
  }
  return Buffer.from(bytes);
}

const taro = [
  "Yamada-Taro@example.jp",
  "山田",
  "太郎",
  "ヤマダ",
  "タロウ",
  "Yamada",
  "Taro",
  "Yamada-Taro@example.jp",
  "01",
];
const places = {
  primaryEmail: 0,
  familyName: 1,
  familyNameEnglish: 5,
  givenNameEnglish: 6,
  certificateEmail: 7,
  device: 8,
  from: 9,
  to: 10,
  linkId: 11,
  principalName: 12,
} as const;
/** The manual's example line, with some cells exchanged. */
export function line(cells: Partial<Record<keyof typeof places, string>> = {}): string {
  const written = [...taro];
  for (const [key, cell] of Object.entries(cells)) {
    const place = places[key as keyof typeof places];
    while (written.length <= place) written.push("");
    written[place] = cell;
  }
  return written.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}
