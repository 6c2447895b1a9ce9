import * as z from "zod/mini";
import { device, englishName, kana, mail, moment, personName } from "../../contract/fields.ts";
import type { FieldRule } from "../../contract/rules.ts";

/** A column: its name for people, and the rule that its cells obey and are normalised by. */
export type Column = {
  readonly ja: string;
  readonly en: string;
  readonly required: boolean;
  readonly rule: z.ZodMiniType<string, string>;
};

const column = (ja: string, en: string, rule: Column["rule"], required = true): Column => ({ ja, en, rule, required });
const optional = (ja: string, en: string, rule: Column["rule"]) => column(ja, en, rule, false);

/** Cells of one line, normalised first: NFKC for codes, NFC for what is written to be read. */
const cell = (rule: FieldRule, pattern: RegExp, longest: number, normal: (value: string) => string) =>
  z.pipe(
    z.pipe(z.string(), z.transform(normal)),
    z.string().check(z.maxLength(longest, { error: "tooLong" }), z.regex(pattern, { error: rule })),
  );
const code = (value: string) => value.normalize("NFKC").trim();
const readable = (value: string) => value.normalize("NFC");

/**
 * No control, format (bidi, zero width), private or unassigned character, and not U+FFFD, which stands
 * where an earlier conversion lost one; ASCII blanks inside only.
 */
const printable = /^(?!.*\ufffd)[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: +[\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u;
const printed = (longest: number) => cell("printable", printable, longest, readable);

/** Spreadsheets drop the leading zero of `01`. */
const deviceCode = z.pipe(
  z.pipe(
    z.string(),
    z.transform((value: string) => code(value).replace(/^1$/, "01")),
  ),
  z.string().check(z.refine((value) => device.safeParse(value).success, { error: "deviceCode" })),
);

/** User@suffix; of ASCII symbols those that Active Directory takes in a logon name. */
const principal = cell(
  "principalName",
  /^[\p{L}\p{M}\p{N}._!#$%&'^`{}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/u,
  256,
  readable,
);

/** Hyphens and colons are how people group a MAC address; it is kept as 12 capital hex digits. */
const macAddress = cell("macAddress", /^[0-9A-F]{12}$/, 12, (value) =>
  code(value).replaceAll(/[-:]/g, "").toUpperCase(),
);

/** Every column of every file. X.520 gives names of organizations and units 64 characters. */
export const columns = {
  primaryEmail: column("代表メールアドレス", "Contact mail address", mail),
  familyName: column("利用者（姓）", "Family name", personName),
  givenName: column("利用者（名）", "Given name", personName),
  familyNameKana: column("利用者（姓）フリガナ", "Family name in kana", kana),
  givenNameKana: column("利用者（名）フリガナ", "Given name in kana", kana),
  familyNameEnglish: column("利用者（姓）英語表記", "Family name in English", englishName),
  givenNameEnglish: column("利用者（名）英語表記", "Given name in English", englishName),
  certificateEmail: column("利用デバイス用メールアドレス", "Device mail address", mail),
  organization: optional("Organization", "Organization", printed(64)),
  unit1: optional("OrganizationUnit1", "OrganizationUnit1", printed(64)),
  unit2: optional("OrganizationUnit2", "OrganizationUnit2", printed(64)),
  device: column("デバイスコード", "Device code", deviceCode),
  from: optional("証明書有効期限(From)", "Valid from", moment),
  to: optional("証明書有効期限(To)", "Valid to", moment),
  linkId: optional("サービス連携用ID", "Linked service’s ID", printed(128)),
  principalName: optional("プリンシパル名", "Principal name", principal),
  limit: optional("インストール端末制限", "Install limit", cell("installLimit", /^[012]$/, 1, code)),
  macAddress: optional("端末制限項目①MACアドレス", "Limit 1: MAC address", macAddress),
  computerName: optional("端末制限項目②コンピュータ名", "Limit 2: computer name", printed(64)),
  loginName: optional("端末制限項目③ログインユーザ名", "Limit 3: login user", printed(128)),
  biosSerial: optional("端末制限項目④端末(BIOS)シリアル番号", "Limit 4: BIOS serial number", printed(128)),
} as const satisfies Record<string, Column>;

export type ColumnKey = keyof typeof columns;
