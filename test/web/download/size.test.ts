import { describe, expect, it } from "vitest";
import { siteFiles, weight } from "./site.ts";

describe("the download site's files", () => {
  it("weigh 15 kB at most as a phone loads them", async () => {
    expect(weight(await siteFiles())).toBeLessThanOrEqual(15_000);
  });

  it("name no other host and hold no inline script or style", async () => {
    const files = await siteFiles();
    for (const bytes of files.values())
      expect(Buffer.from(bytes).toString()).not.toMatch(
        /https?:\/\/(?!www\.w3\.org\/2000\/svg)[a-z]|@font-face|\beval\(/,
      );
    const page = Buffer.from(files.get("index.html") ?? "").toString();
    expect(page).not.toMatch(/<style|<script(?![^>]*\bsrc=)|\bon\w+=|\bstyle=/);
  });
});
