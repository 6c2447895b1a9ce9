import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { bundleSite } from "../../../lib/build/pages.ts";

/** The library's own words stand in a chunk per language; a reader loads one of them. */
const languageOf = (script: string): string | undefined =>
  /"?cloudscape-design-components"?:\{"?([a-z]{2}(?:-[A-Z]{2})?)"?:/.exec(script)?.[1];

describe("the admin site", () => {
  it("carries the component library's words in its own two languages alone", async () => {
    const files = await bundleSite(resolve(import.meta.dirname, "../../.."), "admin");
    const languages = [...files].flatMap(([path, content]) =>
      path.endsWith(".js") ? (languageOf(Buffer.from(content).toString()) ?? []) : [],
    );
    expect([...new Set(languages)].toSorted()).toEqual(["en", "ja"]);
  }, 60_000);

  it("weighs at most 490 kB compressed, every page and one language together", async () => {
    const files = await bundleSite(resolve(import.meta.dirname, "../../.."), "admin");
    const loaded = [...files].filter(([path, content]) => {
      const language = path.endsWith(".js") ? languageOf(Buffer.from(content).toString()) : undefined;
      return language === undefined || language === "ja";
    });
    const weight = loaded.reduce((sum, [, content]) => sum + gzipSync(content, { level: 9 }).length, 0);
    expect(weight).toBeLessThan(490_000);
    expect(weight).toBeGreaterThan(300_000);
  }, 60_000);
});
