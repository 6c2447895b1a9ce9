/** What a lint rule sees: a to-be-signed certificate, read by a library that did not write it. */
import { AsnConvert } from "@peculiar/asn1-schema";
import { TBSCertificate, type Extension } from "@peculiar/asn1-x509";
import { readCertificate, readTbs, type Certificate } from "../certificate.ts";

/** The certificate's place: what its authority's path length leaves room for. */
export type Role = "root" | "issuing" | "leaf";

/** The authority that is to sign, or "self" for a root. */
export type Authority = Certificate | "self";

export type Linted = {
  readonly der: Uint8Array;
  readonly tbs: TBSCertificate;
  readonly role: Role;
  readonly authority: Authority;
  /** Key of the signer: of the authority, or the certificate's own for a root. */
  readonly authoritySpki: Uint8Array;
};

/** One rule. `find` says what is wrong, one sentence per finding; empty when the rule is kept. */
export type Lint = {
  /** Stable word for the rule, the name of its file. */
  readonly name: string;
  /** Where the rule is written. */
  readonly source: string;
  find(linted: Linted): readonly string[];
};

/** Authorities that were read: thousands of certificates in a row are linted under the same one. */
const known = new WeakMap<Uint8Array, Certificate>();
function readAuthority(der: Uint8Array): Certificate {
  const read = known.get(der) ?? readCertificate(der);
  known.set(der, read);
  return read;
}

/** Reads a TBS for the rules. Throws when it is not a TBSCertificate, or when the authority may sign none. */
export function readLinted(der: Uint8Array, authorityDer: Uint8Array | "self"): Linted {
  const authority = authorityDer === "self" ? authorityDer : readAuthority(authorityDer);
  return {
    der,
    tbs: AsnConvert.parse(der, TBSCertificate),
    role: roleUnder(authority),
    authority,
    authoritySpki: authority === "self" ? readTbs(der).spki : authority.spki,
  };
}

function roleUnder(authority: Authority): Role {
  if (authority === "self") return "root";
  if (authority.pathLength === 0) return "leaf";
  if (authority.pathLength === 1) return "issuing";
  throw new TypeError(
    `${authority.subject} is no authority of this PKI: its path length must be 1 (root) or 0 (issuing)`,
  );
}

/** The extensions with this identifier, in order. */
export const extensionsWith = (linted: Linted, id: string): Extension[] =>
  (linted.tbs.extensions ?? []).filter((extension) => extension.extnID === id);

/** Value of the first extension with this identifier, as DER. */
export function extensionValue(linted: Linted, id: string): ArrayBuffer | undefined {
  return extensionsWith(linted, id)[0]?.extnValue.buffer;
}
