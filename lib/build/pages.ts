import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { build, type BuildOptions, type BuildResult } from "esbuild";
import { systemFonts } from "./fonts.ts";
import { ownLanguages } from "./languages.ts";

export type Site = "admin" | "download";
/** Path in the site → content. */
export type SiteFiles = ReadonlyMap<string, Uint8Array>;

const entryOf: Readonly<Record<Site, string>> = { admin: "web/admin/main.tsx", download: "web/download/main.ts" };
const mark = "<!-- assets -->";

/** Bundles a site: `index.html` and `assets/…`, whose names carry their content's hash. */
export async function bundleSite(root: string, site: Site): Promise<SiteFiles> {
  const entry = entryOf[site];
  const page = `web/${site}/index.html`;
  const missing = [entry, page].filter((path) => !existsSync(join(root, path)));
  if (missing.length > 0) throw new Error(`the ${site} site cannot be built without ${missing.join(" and ")}`);
  const options = {
    absWorkingDir: root,
    entryPoints: { [site]: entry },
    // Not written: esbuild returns the files.
    outdir: join(root, "build/site"),
    write: false,
    metafile: true,
    bundle: true,
    platform: "browser",
    format: "esm",
    target: ["chrome109", "safari16", "firefox115"],
    jsx: "automatic",
    tsconfig: join(root, "web/tsconfig.json"),
    define: { "process.env.NODE_ENV": '"production"' },
    minify: true,
    legalComments: "none",
    charset: "utf8",
    entryNames: "assets/[name]-[hash]",
    chunkNames: "assets/part-[hash]",
    assetNames: "assets/[name]-[hash]",
    loader: { ".svg": "file", ".png": "file", ".woff2": "file" },
    // The same reader of CSV as the importer's, built for browsers.
    alias: { "csv-parse/sync": "csv-parse/browser/esm/sync" },
    plugins: [systemFonts],
    logLevel: "silent",
  } satisfies BuildOptions;
  // Twice, because a split build puts the styles of lazily loaded parts into sheets that no page links: the scripts
  // come from the split build, one style sheet with everything from the other.
  const scripts = await build({
    ...options,
    splitting: true,
    loader: { ...options.loader, ".css": "empty" },
    plugins: [ownLanguages],
  });
  const styles = await build({ ...options, splitting: false });

  const files = new Map<string, Uint8Array>();
  for (const file of [...scripts.outputFiles, ...styles.outputFiles.filter(({ path }) => !path.endsWith(".js"))]) {
    files.set(relative(options.outdir, file.path), file.contents);
  }
  const sheets = [...files.keys()].filter((path) => path.endsWith(".css"));
  const { first, needed } = scriptsOf(scripts);
  const tags = [
    ...sheets.map((path) => `<link rel="stylesheet" href="/${path}">`),
    `<script type="module" src="/${first}"></script>`,
    ...needed.map((path) => `<link rel="modulepreload" href="/${path}">`),
  ];
  const template = await readFile(join(root, page), "utf8");
  if (!template.includes(mark)) throw new Error(`${page} lacks "${mark}", where its scripts and styles go`);
  files.set("index.html", Buffer.from(template.replace(mark, tags.join("\n    "))));
  return files;
}

/** The script to start with, and those that it imports before anything is shown. */
function scriptsOf({ metafile }: BuildResult<{ metafile: true }>): { first: string; needed: string[] } {
  const outputs = Object.entries(metafile.outputs);
  const [start] =
    outputs.find(([, { entryPoint }]) => entryPoint !== undefined && Object.values(entryOf).includes(entryPoint)) ?? [];
  if (start === undefined) throw new Error("the bundler returned no script for the site's entry");
  const reached = new Set([start]);
  for (const path of reached) {
    for (const { path: imported, kind } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement") reached.add(imported);
    }
  }
  const [first, ...needed] = [...reached].map((path) => `assets/${basename(path)}`);
  return { first: first ?? "", needed };
}
