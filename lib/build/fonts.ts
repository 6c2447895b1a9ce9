import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Fonts of Japanese systems: macOS and iOS, Windows, Android and Linux. */
const japanese = `"Hiragino Sans","Yu Gothic UI",Meiryo,"Noto Sans JP","Noto Sans CJK JP"`;

/**
 * Cloudscape's style sheets embed Open Sans, which has no Japanese: 150 kB for letters that would
 * be mixed with another font's. It is replaced by the system's own fonts.
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
