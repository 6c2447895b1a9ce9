import * as z from "zod/mini";
import { device, englishName, kana, mail, moment, personName, printed, text } from "../../contract/fields.ts";
import type { ImportColumnKey } from "../../contract/import-layouts.ts";
import type { FieldRule } from "../../contract/rules.ts";

/** A cell that is rewritten before its rule is asked. */
const rewritten = (rewrite: (value: string) => string, rule: z.ZodMiniType<string, string>) =>
  z.pipe(z.pipe(z.string(), z.transform(rewrite)), rule);
const code = (value: string) => value.normalize("NFKC").trim();
/** What is written to be read is composed (NFC), and otherwise kept as typed. */
const readable = (longest: number) => rewritten((value) => value.normalize("NFC"), printed(longest));
/** A code, in half-width. */
const coded = (rule: FieldRule, pattern: RegExp, rewrite: (value: string) => string = code) =>
  rewritten(rewrite, z.string().check(z.regex(pattern, { error: rule })));

/** Spreadsheets drop the leading zero of `01`. */
const deviceCode = rewritten(
  (value) => code(value).replace(/^1$/, "01"),
  z.string().check(z.refine((value) => device.safeParse(value).success, { error: "deviceCode" })),
);

const principalName =
  /^[^@]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/u;

/** User@suffix; of ASCII symbols those that Active Directory takes in a logon name. */
const principal = rewritten(
  (value) => value.normalize("NFC"),
  text({
    longest: 256,
    allowed: String.raw`[\p{L}\p{M}\p{N}._!#$%&'^\x60{}~@-]`,
    character: "printable",
    form: (value) => (principalName.test(value) ? undefined : { code: "principalName" }),
  }),
);

/** Hyphens and colons are how people group a MAC address; it is kept as 12 capital hex digits. */
const macAddress = coded("macAddress", /^[0-9A-F]{12}$/, (value) => code(value).replaceAll(/[-:]/g, "").toUpperCase());

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
  organization: readable(64),
  unit1: readable(64),
  unit2: readable(64),
  device: deviceCode,
  from: moment,
  to: moment,
  linkId: readable(128),
  principalName: principal,
  limit: coded("installLimit", /^[012]$/),
  macAddress,
  computerName: readable(64),
  loginName: readable(128),
  biosSerial: readable(128),
};
