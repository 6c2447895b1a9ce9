import type { Language } from "./language.ts";

/**
 * Characters that show nothing: zero-width characters, directional marks, fillers. Variation selectors are
 * left out, because they belong to the character before them (葛󠄀).
 */
const hidden = String.raw`(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}`;
const emptyLooking = new RegExp(String.raw`^(?:\s|${hidden})$`, "u");

/** The value without the blanks and invisible characters at its ends: tables, web pages and chats leave them there. */
export function trimmed(value: string): string {
  let start = 0;
  let end = value.length;
  const first = (): string => String.fromCodePoint(value.codePointAt(start) ?? 0);
  const last = (): string => value.slice(/[\udc00-\udfff]/.test(value[end - 1] ?? "") ? end - 2 : end - 1, end);
  while (start < end && emptyLooking.test(first())) start += first().length;
  while (start < end && emptyLooking.test(last())) end -= last().length;
  return value.slice(start, end);
}

/** A character as messages name it, and its place, counted in characters from 1. */
export type Offender = { readonly character: string; readonly place: number };

/** What is wrong with a character: it is not of the class, or it is a mark too many, or one that follows no letter. */
export type Offence = Offender & { readonly kind: "character" | "marksMany" | "markAlone" };

/** Never part of a name, whatever class it is tested for: it shows nothing, reorders the text, or has no meaning (yet). */
const unreadable = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/u;
/** Chooses the form of the ideograph right before it (邉\u{e0104}), as in UTS #37; shows nothing anywhere else. */
const selector = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const ideograph = /\p{Unified_Ideograph}/u;
const mark = /\p{M}/u;
const letterOrDigit = /[\p{L}\p{N}]/u;
/** Vietnamese, Thai and Hindi put two on a letter; more of them cover the lines above and below. */
const mostMarks = 2;

/**
 * Finds the first character that cannot stand in a readable text of a class (`[a-z]`, as regular expressions write it).
 * A lone surrogate, being of category C, is one as well.
 */
export function offenceFinder(allowed: string): (value: string) => Offence | undefined {
  const one = new RegExp(`^(?:${allowed})$`, "u");
  const plain = new RegExp(`^(?:(?!\\p{M}|${unreadable.source})${allowed})*$`, "u");
  return (value) => (plain.test(value) ? undefined : firstOffence(value, one));
}

function firstOffence(value: string, allowed: RegExp): Offence | undefined {
  let place = 0;
  let before = "";
  /** Marks on the latest letter; none may follow what is no letter. */
  let marks: number | undefined;
  for (const character of value) {
    place++;
    const offence = (kind: Offence["kind"]) => ({ kind, character: nameOf(character), place });
    if (selector.test(character)) {
      if (!ideograph.test(before)) return offence("character");
    } else if (!allowed.test(character) || unreadable.test(character)) return offence("character");
    else if (!mark.test(character)) marks = letterOrDigit.test(character) ? 0 : undefined;
    else if (marks === undefined) return offence("markAlone");
    else if (++marks > mostMarks) return offence("marksMany");
    before = character;
  }
  return undefined;
}

/** The character itself when it can be seen by itself, else its code point: U+200B. */
function nameOf(character: string): string {
  if (!/[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}]/u.test(character)) return character;
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** 「！」, U+200B, 空白（U+0020） or タブ（U+0009） of an offender's name. */
export function characterText(name: string, language: Language): string {
  const words =
    language === "ja"
      ? { quoted: `「${name}」`, blank: `空白（${name}）`, tab: `タブ（${name}）` }
      : { quoted: `“${name}”`, blank: `a blank (${name})`, tab: `a tab (${name})` };
  if (name === "U+0009") return words.tab;
  if (!/^U\+[0-9A-F]{4,6}$/.test(name)) return words.quoted;
  return /\p{Zs}/u.test(String.fromCodePoint(Number.parseInt(name.slice(2), 16))) ? words.blank : name;
}

/** A longer value is cut in messages. */
const longestShown = 40;
const unseen = /(?! |\u3000|\p{Variation_Selector})[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/u;

/** A value as messages quote it: its first 40 characters, those that cannot be seen by their code points. */
export function shownValue(value: string): string {
  const characters = Array.from(value);
  const shown = characters
    .slice(0, longestShown)
    .map((character) => (unseen.test(character) ? nameOf(character) : character));
  return `${shown.join("")}${characters.length > longestShown ? "…" : ""}`;
}
