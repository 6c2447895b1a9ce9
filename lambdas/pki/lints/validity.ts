import { instantOf } from "../der-reader.ts";
import type { Lint } from "./linted.ts";

/** The end comes after the beginning. */
export const validity: Lint = {
  name: "validity",
  source: "RFC 5280 §4.1.2.5",
  find: ({ tbs }) =>
    instantOf(tbs.notBefore) < instantOf(tbs.notAfter) ? [] : ["notAfter does not come after notBefore"],
};
