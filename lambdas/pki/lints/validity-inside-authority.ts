import { instantOf } from "../der-reader.ts";
import type { Lint } from "./linted.ts";

/** A certificate never outlives its authority, nor is it older: readers refuse the chain at such a time. */
export const validityInsideAuthority: Lint = {
  name: "validity-inside-authority",
  source: "RFC 5280 §6.1.3 (a)(2)",
  find: ({ tbs, authority }) => {
    if (authority === "self") return [];
    return [
      ...(instantOf(tbs.notAfter) <= authority.notAfter ? [] : ["it outlives its authority"]),
      ...(instantOf(tbs.notBefore) >= authority.notBefore ? [] : ["it begins before its authority"]),
    ];
  },
};
