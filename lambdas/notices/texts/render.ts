import type { Language } from "../../contract/rules.ts";
import { english } from "./english.ts";
import type { NoticeFacts, WordedKind } from "./facts.ts";
import { japanese } from "./japanese.ts";
import { markup, plainText } from "./layout.ts";
import type { Wording } from "./wording.ts";

export type RenderedNotice = { readonly subject: string; readonly text: string; readonly html: string };

const wordings: Readonly<Record<Language, Wording>> = { ja: japanese, en: english };

/** Words one mail. Pure: the same facts give the same letters; a fact can neither break a line nor become markup. */
export function renderNotice<K extends WordedKind>(kind: K, language: Language, facts: NoticeFacts[K]): RenderedNotice {
  const { subjects, parts } = wordings[language];
  const subject = subjects[kind];
  const made = parts[kind](cleaned(facts));
  return { subject, text: plainText(made), html: markup(language, subject, made) };
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
