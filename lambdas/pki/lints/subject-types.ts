import { oid } from "../oids.ts";
import type { Lint } from "./linted.ts";

/** E is an IA5String, C a PrintableString, all else UTF8String. */
export const subjectTypes: Lint = {
  name: "subject-types",
  source: "RFC 5280 §4.1.2.4 and appendix A.1",
  find: ({ tbs }) =>
    tbs.subject.flat().flatMap(({ type, value }) => {
      const right =
        type === oid.emailAddress
          ? value.ia5String
          : type === oid.countryName
            ? value.printableString
            : value.utf8String;
      return right === undefined ? [`the attribute ${type} has the wrong string type`] : [];
    }),
};
