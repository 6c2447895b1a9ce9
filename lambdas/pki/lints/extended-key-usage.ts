import { childrenOf, objectIdentifierOf, wholeElement } from "../der-reader.ts";
import { oid } from "../oids.ts";
import { hasUpn } from "./subject-alternative-name.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Leaves: clientAuth, and smartcardLogon exactly when there is a user principal name; never serverAuth or any. */
export const extendedKeyUsage: Lint = {
  name: "extended-key-usage",
  source: "RFC 5280 §4.2.1.12",
  find: (linted) => {
    if (linted.role !== "leaf") return [];
    const value = extensionValue(linted, oid.extKeyUsage);
    if (value === undefined) return ["the extended key usage is missing"];
    const usages = childrenOf(value, wholeElement(value)).map((usage) => objectIdentifierOf(value, usage));
    const expected: string[] = hasUpn(linted) ? [oid.clientAuth, oid.smartcardLogon] : [oid.clientAuth];
    return usages.join() === expected.join() ? [] : [`the extended key usages are not ${expected.join(" and ")}`];
  },
};
