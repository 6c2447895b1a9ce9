import type { Language } from "../../lambdas/contract/language.ts";

export type { Language };

/** Both languages of a page's words. The Japanese gives the keys; English with a key missing or too many does not compile. */
export type Texts<T> = Readonly<Record<Language, T>>;
export const texts = <T>(words: { readonly ja: T; readonly en: NoInfer<T> }): Texts<T> => words;

/** A text in the pieces between which it may be broken: Japanese without blanks would break anywhere. */
export type Phrases = readonly string[];

const place = "warifu.language";

const isLanguage = (value: unknown): value is Language => value === "ja" || value === "en";

/** The reader's own choice on this browser, where there is one. Storage may be switched off: then there is none. */
export function chosenLanguage(): Language | undefined {
  try {
    const kept = localStorage.getItem(place);
    return isLanguage(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the reader's choice for the next visit, where the browser lets us. */
export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(place, language);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The first of the browser's languages that we have; English for a reader of another one. */
export function browserLanguage(): Language {
  const asked = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return asked.find(isLanguage) ?? (asked.length > 0 ? "en" : "ja");
}
