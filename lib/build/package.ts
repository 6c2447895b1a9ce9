import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import { contentTypeOf } from "./media-types.ts";
import type { Site, SiteFiles } from "./pages.ts";
import { securityPolicyOf } from "./security-policy.ts";

/** One line of `manifest.json`: a file in the package, and how it is stored in the site's bucket. */
export type PackagedFile = {
  /** In the package, relative to the manifest. */
  readonly path: string;
  /** In the bucket. */
  readonly key: string;
  readonly contentType: string;
  readonly contentEncoding: "gzip" | undefined;
  readonly cacheControl: string;
  /** Object metadata `csp`; pages only. */
  readonly csp: string | undefined;
};

/** Pictures and fonts are compressed already. */
const compressible = new Set([".html", ".js", ".css", ".svg"]);

/** Writes the files of a site as the site publisher puts them into the bucket, with their manifest. */
export async function packageSite(site: Site, files: SiteFiles, folder: string): Promise<readonly PackagedFile[]> {
  const manifest: PackagedFile[] = [];
  for (const [key, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const ending = extname(key);
    const compress = compressible.has(ending);
    const path = compress ? `${key}.gz` : key;
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(
      join(folder, path),
      compress ? gzipSync(content, { level: constants.Z_BEST_COMPRESSION }) : content,
    );
    const page = ending === ".html";
    manifest.push({
      path,
      key,
      contentType: contentTypeOf(ending),
      contentEncoding: compress ? "gzip" : undefined,
      // The name of an asset changes with its content; the page itself is revalidated at each request.
      cacheControl: page ? "no-cache" : "public, max-age=31536000, immutable",
      csp: page ? securityPolicyOf(site) : undefined,
    });
  }
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest, undefined, 2));
  return manifest;
}
