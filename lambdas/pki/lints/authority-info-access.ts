import { childrenOf, expectTag, objectIdentifierOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import { oid } from "../oids.ts";
import { uriFault } from "./distribution-point.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Below the root: the authority's certificate at one http URL. */
export const authorityInfoAccess: Lint = {
  name: "authority-info-access",
  source: "RFC 5280 §4.2.2.1",
  find: (linted) => {
    if (linted.role === "root") return [];
    const value = extensionValue(linted, oid.authorityInfoAccess);
    if (value === undefined) return ["the authority information access is missing"];
    const [access, ...others] = childrenOf(value, wholeElement(value));
    const [method, location, ...unknown] = childrenOf(value, expectTag(access, tag.sequence));
    if (objectIdentifierOf(value, expectTag(method, tag.objectIdentifier)) !== oid.caIssuers || others.length > 0)
      return ["there is not exactly one caIssuers"];
    const fault = uriFault(value, [location, ...unknown]);
    return fault === undefined ? [] : [fault];
  },
};
