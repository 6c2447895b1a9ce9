/** What may be said of one certificate: the rule of each value, the same in a form, a request and a file. */
import * as z from "zod/mini";
import { mail, moment } from "./fields.ts";
import type { ImportColumnKey } from "./import-layouts.ts";
import type { FieldRule } from "./rules.ts";
import { composed, converted, printed, text } from "./text.ts";

/** What is written to be read is composed (NFC), and otherwise kept as typed. */
const readable = (longest: number) => z.pipe(composed(longest), printed(longest));
/** More than anybody writes of a code, grouped and blank-padded. */
const longestCode = 64;
/** A code, in half-width. */
const coded = (rule: FieldRule, pattern: RegExp, rewrite: (value: string) => string = (value) => value) =>
  z.pipe(z.pipe(converted(longestCode), z.transform(rewrite)), z.string().check(z.regex(pattern, { error: rule })));

const principalName =
  /^[^@]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/u;

/** User@suffix; of ASCII symbols those that Active Directory takes in a logon name. */
const principal = z.pipe(
  composed(256),
  text({
    longest: 256,
    allowed: String.raw`[\p{L}\p{M}\p{N}._!#$%&'^\x60{}~@-]`,
    character: "printable",
    form: (value) => (principalName.test(value) ? undefined : { code: "principalName" }),
  }),
);

/** Hyphens and colons are how people group a MAC address; it is kept as 12 capital hex digits. */
const macAddress = coded("macAddress", /^[0-9A-F]{12}$/, (value) => value.replaceAll(/[-:]/g, "").toUpperCase());

/** X.520 gives names of organizations and units 64 characters. */
export const certificateFields = {
  certificateEmail: mail,
  organization: readable(64),
  unit1: readable(64),
  unit2: readable(64),
  from: moment,
  to: moment,
  linkId: readable(128),
  principalName: principal,
  limit: coded("installLimit", /^[012]$/),
  macAddress,
  computerName: readable(64),
  loginName: readable(128),
  biosSerial: readable(128),
} as const satisfies { readonly [Key in ImportColumnKey]?: z.ZodMiniType<string, string> };

/** One of these in a request, where it may be left out: blanks alone are none. */
const ifGiven = (rule: z.ZodMiniType<string, string>) =>
  z.optional(
    z.pipe(
      z.pipe(
        z.string({ error: "invalid" satisfies FieldRule }),
        z.transform((value: string) => (value.trim() === "" ? undefined : value)),
      ),
      z.optional(rule),
    ),
  );

/** The values that a form and a request may give for a device; those of an option, only where it is contracted. */
export const orderFields = {
  certificateEmail: ifGiven(certificateFields.certificateEmail),
  from: ifGiven(certificateFields.from),
  to: ifGiven(certificateFields.to),
  organization: ifGiven(certificateFields.organization),
  unit1: ifGiven(certificateFields.unit1),
  unit2: ifGiven(certificateFields.unit2),
};
