import { AsnConvert } from "@peculiar/asn1-schema";
import { CRLDistributionPoints } from "@peculiar/asn1-x509";
import { urlFault } from "../extensions.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Below the root: one distribution point with one http URL, without reasons and CRL issuer (the CRL has no IDP to match them). */
export const distributionPoint: Lint = {
  name: "distribution-point",
  source: "RFC 5280 §4.2.1.13",
  find: (linted) => {
    if (linted.role === "root") return [];
    const value = extensionValue(linted, oid.crlDistributionPoints);
    const points = value === undefined ? [] : [...AsnConvert.parse(value, CRLDistributionPoints)];
    const [point] = points;
    if (point === undefined || points.length !== 1) return ["there is not exactly one distribution point"];
    const urls = (point.distributionPoint?.fullName ?? []).map((name) => name.uniformResourceIdentifier ?? "");
    const fault = urls.length === 1 ? urlFault(urls[0] ?? "") : "there is not exactly one URL";
    return [
      ...(fault === undefined ? [] : [fault]),
      ...(point.reasons === undefined && point.cRLIssuer === undefined
        ? []
        : ["it is limited to reasons or to another issuer"]),
    ];
  },
};
