/** What a lint rule sees: a to-be-signed certificate, read once, by code that shares tags and identifiers alone with the writer. */
import { readAuthority, type X509Certificate } from "../certificate.ts";
import { extensionValue as valueOf, readTbs, type Tbs } from "../tbs.ts";

/** The certificate's place: what its authority's path length leaves room for. */
export type Role = "root" | "issuing" | "leaf";

/** The authority that is to sign, or "self" for a root. */
export type SigningAuthority = X509Certificate | "self";

/**
 * What a leaf's policies are to be, if it has any: the provider's and, below it by these arcs (`1.2`), the tenant's; without
 * arcs the provider's alone.
 */
export type LeafPolicies = { readonly tenantArcs: string | undefined };

export type Linted = {
  readonly der: Uint8Array;
  readonly tbs: Tbs;
  readonly role: Role;
  readonly authority: SigningAuthority;
  /** Key of the signer: of the authority, or the certificate's own for a root. */
  readonly authoritySpki: Uint8Array;
  /** Of a leaf whose holder is known. */
  readonly policies: LeafPolicies | undefined;
};

/** One rule. `find` says what is wrong, one sentence per finding; empty when there is nothing. */
export type Lint = {
  /** Stable word for the rule, the name of its file. */
  readonly name: string;
  /** Where the rule is written. */
  readonly source: string;
  /** Throws DerError for a value that is not of the structure that the rule is about: a finding too. */
  find(linted: Linted): readonly string[];
};

/** Reads a TBS for the rules. Throws DerError when it is not a TBSCertificate, TypeError when the authority may sign none. */
export function readLinted(der: Uint8Array, authorityDer: Uint8Array | "self", policies?: LeafPolicies): Linted {
  const authority = authorityDer === "self" ? authorityDer : readAuthority(authorityDer);
  const role = roleUnder(authority);
  const tbs = readTbs(der);
  return { der, tbs, role, authority, authoritySpki: authority === "self" ? tbs.spki : authority.spki, policies };
}

function roleUnder(authority: SigningAuthority): Role {
  if (authority === "self") return "root";
  if (authority.pathLength === 0) return "leaf";
  if (authority.pathLength === 1) return "issuing";
  throw new TypeError(
    `${authority.subject} is no authority of this PKI: its path length must be 1 (root) or 0 (issuing)`,
  );
}

/** Value of the first extension with this identifier, as DER. */
export const extensionValue = ({ tbs }: Linted, id: string): Uint8Array | undefined => valueOf(tbs.extensions, id);
