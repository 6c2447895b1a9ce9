import { AsnConvert } from "@peculiar/asn1-schema";
import { CertificatePolicies } from "@peculiar/asn1-x509";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Issuing authorities allow any policy; leaves name real ones, each once, or none; no qualifiers. */
export const certificatePolicies: Lint = {
  name: "certificate-policies",
  source: "RFC 5280 §4.2.1.4",
  find: (linted) => {
    const value = extensionValue(linted, oid.certificatePolicies);
    const policies = value === undefined ? [] : [...AsnConvert.parse(value, CertificatePolicies)];
    const ids = policies.map((policy) => policy.policyIdentifier);
    if (linted.role === "issuing")
      return ids.join() === oid.anyPolicy ? [] : ["an issuing authority does not allow just any policy"];
    return [
      ...(ids.includes(oid.anyPolicy) ? ["a leaf claims any policy"] : []),
      ...(new Set(ids).size === ids.length ? [] : ["a policy stands twice"]),
      ...(policies.every((policy) => policy.policyQualifiers === undefined) ? [] : ["a policy has qualifiers"]),
    ];
  },
};
