import { AsnConvert } from "@peculiar/asn1-schema";
import { BasicConstraints } from "@peculiar/asn1-x509";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Role } from "./linted.ts";

const PATH_LENGTHS: Readonly<Record<Role, number | undefined>> = { root: 1, issuing: 0, leaf: undefined };

/** Authorities say cA with their path length; a leaf says nothing or the empty sequence. */
export const basicConstraints: Lint = {
  name: "basic-constraints",
  source: "RFC 5280 §4.2.1.9",
  find: (linted) => {
    const value = extensionValue(linted, oid.basicConstraints);
    const { cA, pathLenConstraint } =
      value === undefined ? new BasicConstraints() : AsnConvert.parse(value, BasicConstraints);
    const expected = PATH_LENGTHS[linted.role];
    if (expected === undefined)
      return cA || pathLenConstraint !== undefined ? ["a leaf claims to be an authority"] : [];
    return cA && pathLenConstraint === expected ? [] : [`the authority's path length is not ${expected}`];
  },
};
