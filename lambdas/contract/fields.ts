import * as z from "zod/mini";
import { offenderFinder, trimmed } from "./characters.ts";
import { withSlashes } from "./jst.ts";
import type { Facts } from "./language.ts";
import { type FieldRule, isFieldRule } from "./rules.ts";

/** Why a value was refused: the rule, and what its wording names. */
export type FieldFault = { readonly code: FieldRule; readonly facts?: Facts };

/** Refuses by the first fault; its code is the issue's message, its facts are the issue's `params`. */
const faultless = (faultOf: (value: string) => FieldFault | undefined) =>
  z.check<string>((given) => {
    const fault = faultOf(given.value);
    if (fault === undefined) return;
    const { code: message, facts } = fault;
    given.issues.push({ code: "custom", input: given.value, message, ...(facts && { params: facts }) });
  });

/** The rule of an issue, and what its message names; a library's own issue names neither. */
export const faultOf = (issue: z.core.$ZodIssue): FieldFault => ({
  code: isFieldRule(issue.message) ? issue.message : "invalid",
  ...(issue.code === "custom" && issue.params !== undefined ? { facts: issue.params as Facts } : {}),
});

function lengthFault(value: string, longest: number): FieldFault | undefined {
  if (value.length <= longest) return undefined;
  const count = Array.from(value).length;
  return count > longest ? { code: "tooLong", facts: { count, longest } } : undefined;
}

/** Any text of at most `longest` characters. */
export const atMost = (longest: number) => faultless((value) => lengthFault(value, longest));

/** A text's rules, in the order in which they are asked. */
type TextRules = {
  readonly longest: number;
  /** The characters it may have, as a class of a regular expression. */
  readonly allowed: string;
  /** What is said of another character: its name and its place. */
  readonly character: FieldRule;
  /** What is wrong with it though every character is allowed. */
  readonly form?: (value: string) => FieldFault | undefined;
};

/** A text that keeps these rules; the first character that does not is named. */
export function text({ longest, allowed, character, form }: TextRules) {
  const offenderIn = offenderFinder(allowed);
  return z.string({ error: "invalid" satisfies FieldRule }).check(
    faultless((value) => {
      const tooLong = lengthFault(value, longest);
      if (tooLong !== undefined) return tooLong;
      const offender = offenderIn(value);
      return offender === undefined ? form?.(value) : { code: character, facts: offender };
    }),
  );
}

/** A text that matches, or else is refused by the rule. */
const matching = (code: FieldRule, pattern: RegExp) =>
  faultless((value) => (pattern.test(value) ? undefined : { code }));

/** Any string; a missing value has another error than one of another type. */
const string = z.string({ error: ({ input }) => (input === undefined ? "required" : "invalid") satisfies FieldRule });

/** Raw characters for each that a field allows: blanks at the ends, and letters that are composed of several. */
const rawPerCharacter = 4;

/**
 * A string that is rewritten before its rules are asked. Its raw length is bounded first, because normalization takes
 * quadratic time over combining marks: a body of 0.9 MB held a function for half a minute.
 */
const rewritten = (longest: number, rewrite: (value: string) => string) =>
  z.pipe(
    string.check(
      faultless((value) =>
        value.length <= rawPerCharacter * longest
          ? undefined
          : { code: "tooLong", facts: { count: Array.from(value).length, longest } },
      ),
    ),
    z.transform(rewrite),
  );

/** Without blanks at its ends and composed (NFC), so that one name has one spelling. */
const composed = (longest: number) => rewritten(longest, (value) => trimmed(value).normalize("NFC"));
/** Half-width kana become full-width ones, full-width digits half-width ones (NFKC). */
const converted = (longest: number) => rewritten(longest, (value) => trimmed(value.normalize("NFKC")));
/** Hiragana become the katakana of the same sound. */
const inKatakana = (longest: number) =>
  rewritten(longest, (value) =>
    trimmed(value.normalize("NFKC")).replaceAll(/[ぁ-ゖゝゞ]/g, (letter) =>
      String.fromCharCode(letter.charCodeAt(0) + 0x60),
    ),
  );
/** Full-width ASCII becomes half-width; nothing else is taken for a letter that it is not. */
const inHalfWidth = (longest: number) =>
  rewritten(longest, (value) =>
    trimmed(value)
      .normalize("NFC")
      .replaceAll(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
      .replaceAll("\u3000", " "),
  );
const present = z.string().check(z.minLength(1, { error: "required" }));

/** No two inner blanks in a row. */
function blanksTwice(value: string): FieldFault | undefined {
  const at = value.search(/[ \u3000]{2}/);
  return at < 0 ? undefined : { code: "blanksTwice", facts: { place: Array.from(value.slice(0, at)).length + 2 } };
}

const localPart = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const domainName = /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)+$/;

/** RFC 5321 4.5.3.1 and RFC 1035 2.3.4; a last label of digits makes an IP address. */
function mailFault(value: string): FieldFault | undefined {
  const [local = "", domain = "", ...rest] = value.split("@");
  if (rest.length > 0 || !localPart.test(local) || !domainName.test(domain)) return { code: "mail" };
  if (local.length > 64) return { code: "mailLocalTooLong", facts: { count: local.length } };
  const labels = domain.split(".");
  const longest = Math.max(...labels.map((label) => label.length));
  if (longest > 63) return { code: "mailLabelTooLong", facts: { count: longest } };
  return /^\d+$/.test(labels.at(-1) ?? "") ? { code: "mailDomainNumeric" } : undefined;
}

/**
 * An address as typed; compared case-blind (requirements 4.2: letters, digits, `.` `_` `-`). A path of RFC 5321 has at
 * most 256 octets with its brackets, which is less than 255 for the domain.
 */
export const mail = z.pipe(
  z.pipe(composed(254), present),
  text({ longest: 254, allowed: "[A-Za-z0-9._@-]", character: "mailCharacter", form: mailFault }),
);

/** A family or given name in any script; single inner blanks only. */
export const personName = z.pipe(
  z.pipe(composed(64), present),
  text({
    longest: 64,
    allowed: String.raw`[\p{L}\p{M}\p{N}々ー・._ \u3000-]`,
    character: "name",
    form: blanksTwice,
  }),
);

/** Full-width katakana after conversion. */
export const kana = z.pipe(
  z.pipe(inKatakana(64), present),
  text({
    longest: 64,
    allowed: "[ァ-ヺー・ヽヾ ]",
    character: "kana",
    form: (value) =>
      /^[ァ-ヺ]/.test(value) ? undefined : { code: "kanaFirst", facts: { character: value.charAt(0) } },
  }),
);

/** The spelling that goes into the certificate; both parts and one blank fit CN's 64 (X.520 ub-common-name). */
export const englishName = z.pipe(
  z.pipe(inHalfWidth(63), present),
  text({ longest: 63, allowed: "[A-Za-z0-9._ -]", character: "english", form: blanksTwice }),
);

/**
 * Of one line, and printed as it is: no control, format (bidi, zero width), private or unassigned character, and not
 * U+FFFD, which an earlier conversion leaves in place of one that it could not read.
 */
export const printed = (longest: number) =>
  text({ longest, allowed: String.raw`(?!\ufffd)[\p{L}\p{M}\p{N}\p{P}\p{S} ]`, character: "printable" });

/** Device kinds by code, as customers' files carry them. */
export const deviceCodes = ["01", "11", "12", "20", "99"] as const;
export const device = z.enum(deviceCodes, { error: "device" });
export type Device = (typeof deviceCodes)[number];

/** A date, or a date and time, in JST. Which of them it must be is the service's to say: `readPeriod` reads it. */
export const moment = z.pipe(converted(64), z.string().check(atMost(64)));

/** A day of Japan's calendar, `yyyy/mm/dd`; single digits are accepted, and hyphens. */
export const day = z.pipe(
  z.pipe(converted(64), z.transform(withSlashes)),
  z.string().check(matching("dateOnly", /^\d{4}\/\d{1,2}\/\d{1,2}$/)),
);

/** Identifiers are ours: `t…`, or the tenant's followed by one of its own. */
export const identifier = z.string().check(z.regex(/^[0-9a-z][0-9a-z-]{2,60}$/, { error: "identifier" }));

/** A client's own key for one request; a repetition with the same key gets the same answer (Idempotency-Key header). */
export const idempotencyKey = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));
