import { booleanOf, childrenOf, integerOf, wholeElement } from "../der-reader.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Role } from "./linted.ts";

const PATH_LENGTHS: Readonly<Record<Role, bigint | undefined>> = { root: 1n, issuing: 0n, leaf: undefined };

/** Authorities have cA and their path length; a leaf has no basic constraints, or the empty sequence. */
export const basicConstraints: Lint = {
  name: "basic-constraints",
  source: "RFC 5280 §4.2.1.9",
  find: (linted) => {
    const value = extensionValue(linted, oid.basicConstraints);
    const parts = value === undefined ? [] : childrenOf(value, wholeElement(value));
    const expected = PATH_LENGTHS[linted.role];
    if (expected === undefined) return parts.length === 0 ? [] : ["a leaf claims to be an authority"];
    const [cA, pathLength, ...others] = parts;
    if (value === undefined || cA === undefined || pathLength === undefined || others.length > 0)
      return ["an authority does not say cA with its path length"];
    return booleanOf(value, cA) && integerOf(value, pathLength) === expected
      ? []
      : [`the authority's path length is not ${expected}`];
  },
};
