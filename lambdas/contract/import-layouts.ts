import type { Device } from "./fields.ts";
import type { ImportOperation } from "./imports.ts";
import type { Language } from "./language.ts";
import type { FieldRule } from "./rules.ts";
import { type Person, personNames, type ServiceOption } from "./shapes.ts";

/** A column's name for people, whether its cells must be filled in, and which service may fill them in. */
export type ImportColumn = {
  readonly ja: string;
  readonly en: string;
  readonly required: boolean;
  readonly opened?: Opened;
};

/** A column that is open where one of these options is contracted, and the rule that refuses its cells elsewhere. */
type Opened = { readonly by: readonly ServiceOption[]; readonly otherwise: ClosedRule };
type ClosedRule = Extract<FieldRule, "periodNotContracted" | "organizationNotContracted" | "principalNotContracted">;

const required = (ja: string, en: string) => ({ ja, en, required: true }) as const;
const optional = (ja: string, en: string, opened?: Opened) =>
  ({ ja, en, required: false, ...(opened === undefined ? {} : { opened }) }) as const;

const withPeriod: Opened = { by: ["period", "period-time"], otherwise: "periodNotContracted" };
const withOrganization: Opened = { by: ["organization"], otherwise: "organizationNotContracted" };
const withSmartCard: Opened = { by: ["smart-card"], otherwise: "principalNotContracted" };

/** Every column of every file. */
export const importColumns = {
  primaryEmail: required("代表メールアドレス", "Contact mail address"),
  familyName: required("利用者（姓）", "Family name"),
  givenName: required("利用者（名）", "Given name"),
  familyNameKana: required("利用者（姓）フリガナ", "Family name in kana"),
  givenNameKana: required("利用者（名）フリガナ", "Given name in kana"),
  familyNameEnglish: required("利用者（姓）英語表記", "Family name in English"),
  givenNameEnglish: required("利用者（名）英語表記", "Given name in English"),
  certificateEmail: required("利用デバイス用メールアドレス", "Device mail address"),
  organization: optional("Organization", "Organization", withOrganization),
  unit1: optional("OrganizationUnit1", "OrganizationUnit1", withOrganization),
  unit2: optional("OrganizationUnit2", "OrganizationUnit2", withOrganization),
  device: required("デバイスコード", "Device code"),
  from: optional("証明書有効期限(From)", "Valid from", withPeriod),
  to: optional("証明書有効期限(To)", "Valid to", withPeriod),
  linkId: optional("サービス連携用ID", "Linked service’s ID"),
  principalName: optional("プリンシパル名", "Principal name", withSmartCard),
  limit: optional("インストール端末制限", "Install limit"),
  macAddress: optional("端末制限項目①MACアドレス", "Limit 1: MAC address"),
  computerName: optional("端末制限項目②コンピュータ名", "Limit 2: computer name"),
  loginName: optional("端末制限項目③ログインユーザ名", "Limit 3: login user"),
  biosSerial: optional("端末制限項目④端末(BIOS)シリアル番号", "Limit 4: BIOS serial number"),
} as const satisfies Record<string, ImportColumn>;

export type ImportColumnKey = keyof typeof importColumns;

/** The columns of a file, in order. Optional columns at the end may be left off. */
export type ImportLayout = { readonly columns: readonly ImportColumnKey[]; readonly example: readonly string[] };

const person = ["primaryEmail", ...personNames, "certificateEmail"] as const;
const subject = ["organization", "unit1", "unit2"] as const;
const period = ["from", "to"] as const;
const links = ["linkId", "principalName"] as const;
const limits = ["limit", "macAddress", "computerName", "loginName", "biosSerial"] as const;
const slot = ["primaryEmail", "certificateEmail", "device"] as const;
const slotWithSubject = ["primaryEmail", "certificateEmail", ...subject, "device"] as const;

/** A domain that JPRS keeps for examples: what is mailed to it reaches nobody. */
const taro = "Yamada-Taro@example.jp";
const taroInFull = [taro, "山田", "太郎", "ヤマダ", "タロウ", "Yamada", "Taro", taro];
const units = ["o", "ou1", "ou2"];
const limitsOfTaro = ["2", "111111111111", "host-test", "山田太郎", "aaaaaaaaaaaa"];
const newLimitsOfTaro = ["1", "1234567890ab", "hosttest", "山田太郎", "bbbbbbbbbbbb"];
const none = (count: number) => Array.from({ length: count }, () => "");

/** Each file that customers may send, by operation and by what the service has contracted. */
export const importLayouts = {
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
} as const satisfies Record<string, ImportLayout>;

/** One layout, whatever is contracted. */
const always =
  <Layout extends ImportLayout>(layout: Layout) =>
  (_options: readonly ServiceOption[]): Layout =>
    layout;

/** The layout of each operation's files, by the options of the service that they are for. */
export const importLayoutOf = {
  register: (options: readonly ServiceOption[]) =>
    options.includes("organization") ? importLayouts.registerSubject : importLayouts.register,
  revoke: always(importLayouts.revoke),
} as const satisfies Record<ImportOperation, (options: readonly ServiceOption[]) => ImportLayout>;

type RequiredKey = {
  [Key in ImportColumnKey]: (typeof importColumns)[Key]["required"] extends true ? Key : never;
}[ImportColumnKey];
type CellOf<Key extends ImportColumnKey> = Key extends "device" ? Device : string;

/** The cells of a row that keeps every rule, by its layout's columns; those that may be left empty may be absent. */
export type RowCells<Layout extends ImportLayout> = {
  readonly [Key in Layout["columns"][number] & RequiredKey]: CellOf<Key>;
} & { readonly [Key in Exclude<Layout["columns"][number], RequiredKey>]?: CellOf<Key> };

/** What a right row of each operation says. */
export type OperationCells = {
  readonly [Operation in ImportOperation]: RowCells<ReturnType<(typeof importLayoutOf)[Operation]>>;
};

type RegistrationCells = OperationCells["register"];
/** What a registration says of one certificate beside the person: its device, its validity, and what is kept with it. */
export type CertificateCells = Omit<RegistrationCells, keyof Person | "primaryEmail">;
/** What is kept with the certificate as it was given. */
export type KeptCells = Pick<CertificateCells, "linkId" | "principalName">;

/** The columns that a service with these options may not fill in, each with the rule that says so. */
export const closedColumns = (options: readonly ServiceOption[]): { readonly [Key in ImportColumnKey]?: ClosedRule } =>
  Object.fromEntries(
    Object.entries(importColumns).flatMap(([key, { opened }]: [string, ImportColumn]) =>
      opened === undefined || opened.by.some((option) => options.includes(option)) ? [] : [[key, opened.otherwise]],
    ),
  );

/** The column at a place counted from 1. */
export function columnOf(layout: ImportLayout, place: number): ImportColumn | undefined {
  const key = layout.columns[place - 1];
  return key === undefined ? undefined : importColumns[key];
}

/** How many columns a row must have: up to the last required one. */
export const leastColumns = (layout: ImportLayout): number =>
  layout.columns.findLastIndex((key) => importColumns[key].required) + 1;

/** The names of the columns, in the file's order. */
export const templateHeader = (layout: ImportLayout, language: Language): readonly string[] =>
  layout.columns.map((key) => importColumns[key][language]);

/** Is this the header of our own template, in either language, optional columns left off or not? */
export const isTemplateHeader = (layout: ImportLayout, cells: readonly string[]): boolean =>
  cells.length >= leastColumns(layout) &&
  (["ja", "en"] as const).some((language) => {
    const header = templateHeader(layout, language);
    return cells.every((cell, at) => cell === header[at]);
  });

/**
 * The columns to begin a file with: up to the last that must be filled in or that the service has contracted. Those
 * behind it may be left off.
 */
export function templateColumns(layout: ImportLayout, options: readonly ServiceOption[]): readonly ImportColumnKey[] {
  const closed = closedColumns(options);
  const last = layout.columns.findLastIndex((key) => {
    const { required: needed, opened }: ImportColumn = importColumns[key];
    return needed || (opened !== undefined && closed[key] === undefined);
  });
  return layout.columns.slice(0, last + 1);
}

/**
 * A file to begin with, in what spreadsheets open rightly (UTF-8 with BOM, CRLF): the header alone. A row of example
 * would be registered, and mailed to a stranger, by whoever leaves it in.
 */
export function templateText(layout: ImportLayout, options: readonly ServiceOption[], language: Language): string {
  const header = templateColumns(layout, options).map((key) => importColumns[key][language]);
  return `\ufeff${header.map((name) => `"${name.replaceAll('"', '""')}"`).join(",")}\r\n`;
}
