import type { Lint } from "./linted.ts";

/** No extension twice. */
export const duplicateExtensions: Lint = {
  name: "duplicate-extensions",
  source: "RFC 5280 §4.2",
  find: ({ tbs }) => {
    const ids = tbs.extensions.map((extension) => extension.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `the extension ${id} appears twice`);
  },
};
