import * as z from "zod/mini";
import { device, englishName, kana, mail, moment, personName } from "../../contract/fields.ts";
import type { ImportColumnKey } from "../../contract/import-layouts.ts";
import type { FieldRule } from "../../contract/rules.ts";

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

/** What each column's cells must obey, and are normalised by. X.520 gives names of organizations and units 64 characters. */
export const cellRules: Readonly<Record<ImportColumnKey, z.ZodMiniType<string, string>>> = {
  primaryEmail: mail,
  familyName: personName,
  givenName: personName,
  familyNameKana: kana,
  givenNameKana: kana,
  familyNameEnglish: englishName,
  givenNameEnglish: englishName,
  certificateEmail: mail,
  organization: printed(64),
  unit1: printed(64),
  unit2: printed(64),
  device: deviceCode,
  from: moment,
  to: moment,
  linkId: printed(128),
  principalName: principal,
  limit: cell("installLimit", /^[012]$/, 1, code),
  macAddress,
  computerName: printed(64),
  loginName: printed(128),
  biosSerial: printed(128),
};
