import type { Plugin } from "esbuild";

/**
 * Cloudscape can load its texts in any of sixteen languages at run time, so a bundler includes them all:
 * 118 kB of scripts that are never loaded. The pages import their own two languages by name
 * (web/admin/frame/built-in-texts.ts), so the loader of all the others is left out.
 */
export const ownLanguages: Plugin = {
  name: "own-languages",
  setup(build) {
    build.onLoad({ filter: /@cloudscape-design[\\/]components[\\/]i18n[\\/]dynamic\.js$/ }, () => ({
      contents: `export function importMessages() { throw new Error("import a language's messages by name"); }`,
      loader: "js",
    }));
  },
};
