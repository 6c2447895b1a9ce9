import type { Lint } from "./linted.ts";

const VERSION_3 = 2n;

/** Version 3, and no unique identifiers. */
export const version: Lint = {
  name: "version",
  source: "RFC 5280 §4.1.2.1 and §4.1.2.8",
  find: ({ tbs }) => [
    ...(tbs.version === VERSION_3 ? [] : ["the version is not 3"]),
    ...(tbs.uniqueIdentifiers ? ["it has a unique identifier"] : []),
  ],
};
