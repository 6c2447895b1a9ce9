import { describe, expect, it } from "vitest";
import { bundleSite } from "../../../lib/build/pages.ts";
import { smallSources } from "./sources.ts";

const text = (content: Uint8Array | undefined) => Buffer.from(content ?? []).toString();

describe("bundling a site", () => {
  it("links one style sheet with the styles of parts that are loaded later, too", async () => {
    using sources = smallSources();
    const files = await bundleSite(sources.root, "admin");
    const sheets = [...files.keys()].filter((path) => path.endsWith(".css"));
    expect(sheets).toHaveLength(1);
    expect(text(files.get(sheets[0] ?? ""))).toMatch(/#010203.*#040506/s);
    expect(text(files.get("index.html"))).toContain(`<link rel="stylesheet" href="/${sheets[0]}">`);
  });

  it("loads the entry, and leaves what is imported later for later", async () => {
    using sources = smallSources();
    const files = await bundleSite(sources.root, "admin");
    const scripts = [...files.keys()].filter((path) => path.endsWith(".js"));
    const page = text(files.get("index.html"));
    const [start, ...more] = scripts.filter((path) => page.includes(`src="/${path}"`));
    expect(more).toEqual([]);
    expect(start).toMatch(/^assets\/admin-[A-Z0-9]{8}\.js$/);
    const later = scripts.filter((path) => text(files.get(path)).includes(`"later"`));
    expect(later).toHaveLength(1);
    expect(page).not.toContain(later[0]);
  });

  it("leaves no script or style in the page itself", async () => {
    using sources = smallSources();
    for (const site of ["admin", "download"] as const) {
      const page = text((await bundleSite(sources.root, site)).get("index.html"));
      expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
      expect(page).not.toContain("<style");
      expect(page).not.toContain("<!-- assets -->");
    }
  });

  it("gives changed content another name", async () => {
    using before = smallSources();
    using after = smallSources({ "web/download/style.css": "body { margin: 1px }" });
    const sheet = async (root: string) =>
      [...(await bundleSite(root, "download")).keys()].find((path) => path.endsWith(".css"));
    expect(await sheet(after.root)).not.toBe(await sheet(before.root));
  });

  it("asks for the place in the page where scripts go", async () => {
    using sources = smallSources({ "web/download/index.html": "<html></html>" });
    await expect(bundleSite(sources.root, "download")).rejects.toThrow(
      `web/download/index.html lacks "<!-- assets -->"`,
    );
  });

  it("embeds no font and names those that Japanese systems have", async () => {
    using sources = smallSources({
      "web/admin/site.css": ["global-styles/index.css", "components/badge/styles.scoped.css"]
        .map((path) => `@import "${import.meta.dirname}/../../../node_modules/@cloudscape-design/${path}";`)
        .join("\n"),
    });
    const files = await bundleSite(sources.root, "admin");
    const sheet = text([...files].find(([path]) => path.endsWith(".css"))?.[1]);
    expect(sheet).toContain("Hiragino Sans");
    expect(sheet).not.toContain("@font-face");
    expect(sheet).not.toContain("Open Sans");
  });
});
