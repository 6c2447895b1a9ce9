import type { Language } from "../contract/language.ts";
import { rangesOf } from "./accept.ts";

/** The first of ja and en that Accept-Language names by weight (RFC 9110 12.5.4); Japanese when it names neither. */
export function languageOf(header: string | undefined): Language {
  const wanted = rangesOf(header)
    .map(({ name }) => name.split("-")[0])
    .find((language) => language === "ja" || language === "en");
  return wanted === "en" ? "en" : "ja";
}
