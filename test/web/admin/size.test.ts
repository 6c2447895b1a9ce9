import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import type { SiteFiles } from "../../../lib/build/pages.ts";
import { builtSite } from "./site.ts";

/** The library's own words stand in a chunk per language; a reader loads one of them. */
const languageOf = (script: string): string | undefined =>
  /"?cloudscape-design-components"?:\{"?([a-z]{2}(?:-[A-Z]{2})?)"?:/.exec(script)?.[1];

describe("the admin site", () => {
  let files: SiteFiles;
  const languageAt = (path: string) =>
    path.endsWith(".js") ? languageOf(Buffer.from(files.get(path) ?? "").toString()) : undefined;
  /** Bytes of these files as they are sent. */
  const weigh = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + gzipSync(files.get(path) ?? "", { level: 9 }).length, 0);

  beforeAll(async () => {
    files = await builtSite();
  }, 60_000);

  it("carries the component library's words in its own two languages alone", () => {
    const languages = [...files.keys()].flatMap((path) => languageAt(path) ?? []);
    expect([...new Set(languages)].toSorted()).toEqual(["en", "ja"]);
  });

  it("weighs at most 380 kB compressed before its first page can be drawn", () => {
    const page = Buffer.from(files.get("index.html") ?? "").toString();
    const named = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(weigh(named)).toBeGreaterThan(200_000);
    expect(weigh(named)).toBeLessThan(380_000);
  });

  it("weighs at most 600 kB compressed, every page and one language together", () => {
    const loaded = [...files.keys()].filter((path) => (languageAt(path) ?? "ja") === "ja");
    expect(weigh(loaded)).toBeGreaterThan(300_000);
    expect(weigh(loaded)).toBeLessThan(600_000);
  });
});
