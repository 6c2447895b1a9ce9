import type { Language } from "../contract/rules.ts";

/** The first of ja and en that Accept-Language names by weight (RFC 9110 12.5.4); Japanese when it names neither. */
export function languageOf(header: string | undefined): Language {
  const ranges = (header ?? "")
    .split(",")
    .map((range) => {
      const [tag = "", ...parameters] = range.trim().toLowerCase().split(";");
      const weight = parameters.map((one) => /^\s*q=([\d.]+)$/.exec(one)?.[1]).find((found) => found !== undefined);
      return { language: tag.split("-")[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  return ranges.find(({ language }) => language === "ja" || language === "en")?.language === "en" ? "en" : "ja";
}
