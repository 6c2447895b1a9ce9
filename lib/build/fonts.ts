import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** What Japanese systems bring along: macOS and iOS, Windows, Android and Linux. */
const japanese = `"Hiragino Sans","Yu Gothic UI",Meiryo,"Noto Sans JP","Noto Sans CJK JP"`;

/**
 * Cloudscape's style sheets embed Open Sans, which has no Japanese: 150 kB for letters that would
 * stand among another font's. The system's own fonts take its place.
 */
export const systemFonts: Plugin = {
  name: "system-fonts",
  setup(build) {
    build.onLoad({ filter: /@cloudscape-design[\\/].*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8"))
        .replaceAll(/@font-face\s*\{[^}]*\}/g, "")
        .replaceAll(/(["'])Open Sans\1/g, japanese),
      loader: "css",
    }));
  },
};
