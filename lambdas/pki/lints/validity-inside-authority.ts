import type { Lint } from "./linted.ts";

/** A certificate never outlives its authority, nor is it older: readers refuse the chain at such a time. */
export const validityInsideAuthority: Lint = {
  name: "validity-inside-authority",
  source: "RFC 5280 §6.1.3 (a)(2)",
  find: ({ tbs, authority }) => {
    if (authority === "self") return [];
    return [
      ...(tbs.validity.notAfter.getTime() <= authority.notAfter ? [] : ["it outlives its authority"]),
      ...(tbs.validity.notBefore.getTime() >= authority.notBefore ? [] : ["it begins before its authority"]),
    ];
  },
};
