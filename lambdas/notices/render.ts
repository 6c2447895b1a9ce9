import type { Language } from "../contract/language.ts";
import { markup, plainText } from "./layout.ts";
import type { Mail } from "./mails/mail.ts";

export type RenderedMail = { readonly subject: string; readonly text: string; readonly html: string };

/** Words one mail. Pure: the same facts give the same mail; a fact can neither break a line nor become markup. */
export function render<Given>(mail: Mail<Given>, language: Language, given: Given): RenderedMail {
  const subject = mail.subjects[language];
  const parts = mail.body(language, cleaned(given));
  return { subject, text: plainText(parts), html: markup(language, subject, parts) };
}

/**
 * Control characters could forge lines of the mail, bidirectional ones its reading order (UAX #9):
 * each becomes a blank.
 */
const unruly = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

/** The facts with every string on one line. */
function cleaned<T>(value: T): T {
  if (typeof value === "string") return value.replace(unruly, " ") as T;
  if (Array.isArray(value)) return value.map((one: unknown) => cleaned(one)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned(one as unknown)])) as T;
}
