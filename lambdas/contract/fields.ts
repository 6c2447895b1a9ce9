import * as z from "zod/mini";
import { trimmed } from "./characters.ts";
import { withSlashes } from "./jst.ts";
import type { FieldRule } from "./rules.ts";
import { atMost, composed, converted, faultless, type FieldFault, present, rewritten, text } from "./text.ts";

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
/** No two inner blanks in a row. */
function blanksTwice(value: string): FieldFault | undefined {
  const at = value.search(/[ \u3000]{2}/);
  return at < 0 ? undefined : { code: "blanksTwice", facts: { place: Array.from(value.slice(0, at)).length + 2 } };
}

/** A text that matches, or else is refused by the rule. */
const matching = (code: FieldRule, pattern: RegExp) =>
  faultless((value) => (pattern.test(value) ? undefined : { code }));

/**
 * What mail programs make a link of: a label of two characters or more, a dot, and the letters of a domain's ending.
 * `T.Yamada` and `J. Smith` are none.
 */
const linkLike = /[\p{L}\p{M}\p{N}_-]{2,}\.[A-Za-z]{2,}(?![\p{L}\p{M}\p{N}])/u;

/** A name stands in mails to people who have not asked for them, where it is no link to a site of its writer. */
function linkFault(value: string): FieldFault | undefined {
  const word = Array.from(value.matchAll(/[^ \u3000]+/g)).find(([text]) => linkLike.test(text));
  if (word === undefined) return undefined;
  return { code: "linkInName", facts: { link: word[0], place: Array.from(value.slice(0, word.index)).length + 1 } };
}

const nameFault = (value: string) => blanksTwice(value) ?? linkFault(value);

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
    form: nameFault,
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
  text({ longest: 63, allowed: "[A-Za-z0-9._ -]", character: "english", form: nameFault }),
);

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
