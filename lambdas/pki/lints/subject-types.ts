import { tag } from "../der.ts";
import { oid } from "../oids.ts";
import type { Lint } from "./linted.ts";

const TYPES: ReadonlyMap<string, number> = new Map([
  [oid.emailAddress, tag.ia5String],
  [oid.countryName, tag.printableString],
]);

/** E is an IA5String, C a PrintableString, all else UTF8String. */
export const subjectTypes: Lint = {
  name: "subject-types",
  source: "RFC 5280 §4.1.2.4 and appendix A.1",
  find: ({ tbs }) =>
    tbs.subject
      .flat()
      .filter((attribute) => attribute.tag !== (TYPES.get(attribute.type) ?? tag.utf8String))
      .map(({ type }) => `the attribute ${type} has the wrong string type`),
};
