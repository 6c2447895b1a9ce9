import { NAME_LIMIT, emailFault, textFault } from "../name.ts";
import { oid } from "../oids.ts";
import type { Lint } from "./linted.ts";

/** Lengths within the upper bounds, nothing empty, no invisible character, E an ASCII mail address, C two capitals. */
export const subjectText: Lint = {
  name: "subject-text",
  source: "RFC 5280 appendix A.1",
  find: ({ tbs }) =>
    tbs.subject.flat().flatMap(({ type, text }) => {
      if (text === undefined) return [`the attribute ${type} is no text`];
      if (type === oid.countryName) return /^[A-Z]{2}$/.test(text) ? [] : ["C is not two capital letters"];
      const fault = type === oid.emailAddress ? emailFault(text) : textFault(text, NAME_LIMIT);
      return fault === undefined ? [] : [`the attribute ${type} ${fault.detail}`];
    }),
};
