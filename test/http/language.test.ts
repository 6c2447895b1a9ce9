import { describe, expect, it } from "vitest";
import { languageOf } from "../../lambdas/http/language.ts";

describe("languageOf", () => {
  it.each([
    [undefined, "ja"],
    ["", "ja"],
    ["en-US,en;q=0.9,ja;q=0.8", "en"],
    ["ja,en-US;q=0.9", "ja"],
    ["fr-FR, en;q=0.5", "en"],
    ["fr", "ja"],
    ["en;q=0, ja;q=0.1", "ja"],
    ["ja;q=0.3, en;q=0.7", "en"],
  ])("reads %j as %s", (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
