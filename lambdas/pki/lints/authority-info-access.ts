import { AsnConvert } from "@peculiar/asn1-schema";
import { AuthorityInfoAccessSyntax } from "@peculiar/asn1-x509";
import { urlFault } from "../extensions.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Below the root: the authority's certificate at one http URL. */
export const authorityInfoAccess: Lint = {
  name: "authority-info-access",
  source: "RFC 5280 §4.2.2.1",
  find: (linted) => {
    if (linted.role === "root") return [];
    const value = extensionValue(linted, oid.authorityInfoAccess);
    const accesses = value === undefined ? [] : [...AsnConvert.parse(value, AuthorityInfoAccessSyntax)];
    const [access] = accesses;
    if (accesses.length !== 1 || access?.accessMethod !== oid.caIssuers) return ["there is not exactly one caIssuers"];
    const fault = urlFault(access.accessLocation.uniformResourceIdentifier ?? "");
    return fault === undefined ? [] : [fault];
  },
};
