import { oid } from "../oids.ts";
import type { Lint, Role } from "./linted.ts";

const AUTHORITY = [oid.basicConstraints, oid.keyUsage, oid.subjectKeyIdentifier];
const BELOW_ROOT = [
  oid.authorityKeyIdentifier,
  oid.crlDistributionPoints,
  oid.authorityInfoAccess,
  oid.certificatePolicies,
];
const KNOWN: Readonly<Record<Role, readonly string[]>> = {
  root: AUTHORITY,
  issuing: [...AUTHORITY, ...BELOW_ROOT],
  leaf: [oid.keyUsage, oid.extKeyUsage, oid.subjectAltName, oid.subjectKeyIdentifier, ...BELOW_ROOT],
};
const CRITICAL: readonly string[] = [oid.basicConstraints, oid.keyUsage];

/** Only extensions of the profile, critical exactly where the profile says so. */
export const knownExtensions: Lint = {
  name: "known-extensions",
  source: "RFC 5280 §4.2",
  find: ({ tbs, role }) =>
    tbs.extensions.flatMap(({ id, critical }) => {
      if (!KNOWN[role].includes(id)) return [`the extension ${id} does not belong in this certificate`];
      return critical === CRITICAL.includes(id)
        ? []
        : [`the extension ${id} is wrongly ${critical ? "critical" : "not critical"}`];
    }),
};
