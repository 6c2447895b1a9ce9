import { asBuffer, childrenOf, expectTag, onlyChildOf, wholeElement, type Element } from "../der-reader.ts";
import { tag } from "../der.ts";
import { urlFault } from "../extensions.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** `[0]` of a DistributionPoint and, inside it, of a DistributionPointName: the fullName. */
const DISTRIBUTION_POINT = 0xa0;
const FULL_NAME = 0xa0;
/** `[6]` of a GeneralName. */
const UNIFORM_RESOURCE_IDENTIFIER = 0x86;

/** Below the root: one distribution point with one http URL, without reasons and CRL issuer (the CRL has no IDP to match them). */
export const distributionPoint: Lint = {
  name: "distribution-point",
  source: "RFC 5280 §4.2.1.13",
  find: (linted) => {
    if (linted.role === "root") return [];
    const value = extensionValue(linted, oid.crlDistributionPoints);
    const points = value === undefined ? [] : childrenOf(value, wholeElement(value));
    if (value === undefined || points.length !== 1) return ["there is not exactly one distribution point"];
    const [name, ...limits] = childrenOf(value, expectTag(points[0], tag.sequence));
    const fullName = onlyChildOf(value, expectTag(name, DISTRIBUTION_POINT), FULL_NAME);
    const fault = uriFault(value, childrenOf(value, fullName));
    return [
      ...(fault === undefined ? [] : [fault]),
      ...(limits.length === 0 ? [] : ["it is limited to reasons or to another issuer"]),
    ];
  },
};

/** Why these names of an extension are not exactly one permitted URL, or undefined when they are. */
export function uriFault(value: Uint8Array, [name, ...others]: readonly (Element | undefined)[]): string | undefined {
  if (name?.tag !== UNIFORM_RESOURCE_IDENTIFIER || others.length > 0) return "there is not exactly one URL";
  return urlFault(asBuffer(value).toString("latin1", name.content, name.end));
}
