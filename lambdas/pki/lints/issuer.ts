import type { Lint } from "./linted.ts";

/** The issuer is the authority's subject byte for byte: some readers compare bytes, not values. */
export const issuer: Lint = {
  name: "issuer",
  source: "RFC 5280 §4.1.2.4",
  find: ({ tbs, authority }) => {
    const expected = authority === "self" ? tbs.subjectName : authority.subjectName;
    return Buffer.compare(tbs.issuerName, expected) === 0
      ? []
      : ["the issuer is not the authority's subject byte for byte"];
  },
};
