import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { environments } from "../../../lambdas/environment.ts";
import { build } from "../../../lib/build/build.ts";
import type { PackagedFile } from "../../../lib/build/package.ts";
import { smallSources } from "./sources.ts";

describe("build", () => {
  it("makes a bundle of every function that Node can load", async () => {
    using sources = smallSources();
    await build(sources.root);
    for (const entry of Object.keys(environments)) {
      const bundle = join(sources.root, "build/lambdas", entry, "index.mjs");
      const { handler } = (await import(pathToFileURL(bundle).href)) as { handler: () => string };
      expect(handler()).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("puts the compressed sites beside the site publisher, as its manifest says", async () => {
    using sources = smallSources();
    await build(sources.root);
    for (const site of ["admin", "download"]) {
      const folder = join(sources.root, "build/lambdas/site-publisher/site", site);
      const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as PackagedFile[];
      expect(manifest.map(({ key }) => key)).toContain("index.html");
      for (const { path, key, contentEncoding } of manifest) {
        expect(contentEncoding).toBe("gzip");
        expect(gunzipSync(readFileSync(join(folder, path)))).toEqual(
          readFileSync(join(sources.root, "build/site", site, key)),
        );
      }
    }
  });

  it("does nothing while the sources stay the same", async () => {
    using sources = smallSources();
    const first = await build(sources.root);
    expect(await build(sources.root)).toEqual({ digest: first.digest, fresh: false });
    expect(first.fresh).toBe(true);
  });

  it.each(["lambdas/issuer.ts", "web/download/main.ts", "package-lock.json", "lib/build/note"])(
    "builds again when %s changed",
    async (path) => {
      using sources = smallSources();
      const { digest } = await build(sources.root);
      sources.write(path, `"changed"`);
      const again = await build(sources.root);
      expect(again.fresh).toBe(true);
      expect(again.digest).not.toBe(digest);
    },
  );

  it("names the entries and pages that are not there", async () => {
    using entries = smallSources({ "lambdas/issuer.ts": undefined, "lambdas/mailer.ts": undefined });
    await expect(build(entries.root)).rejects.toThrow("lambdas/issuer.ts, lambdas/mailer.ts");
    using page = smallSources({ "web/download/index.html": undefined });
    await expect(build(page.root)).rejects.toThrow("the download site cannot be built without web/download/index.html");
  });

  it("keeps the last good build, and nothing of the failed one", async () => {
    using sources = smallSources();
    await build(sources.root);
    sources.write("lambdas/nightly.ts", `import "./nowhere.ts";`);
    await expect(build(sources.root)).rejects.toThrow("./nowhere.ts");
    expect(existsSync(join(sources.root, "build/lambdas/nightly/index.mjs"))).toBe(true);
    expect(readdirSync(join(sources.root, "build")).filter((name) => name.startsWith(".next"))).toEqual([]);
  });
});
