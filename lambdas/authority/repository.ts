import type { Issuer } from "../certificates/certificate.ts";
import type { AuthorityName } from "./authority.ts";

/** Object keys of what the repository publishes. Those of certificates and CRLs are also inside the certificates. */
export const repositoryKeys = {
  page: "index.html",
  certificate: (name: AuthorityName) => `ca/${name}.crt`,
  crl: (name: AuthorityName) => `crl/${name}.crl`,
  /** For servers, PEM: the issuing authority's certificate, then the root's. */
  chain: (issuer: Issuer) => `ca/${issuer}-chain.pem`,
  /** For servers, PEM: the CRL of every authority in that chain; a check of the whole chain needs all of them. */
  allCrls: (issuer: Issuer) => `crl/${issuer}-all.pem`,
} as const;

/** Headers of a published object. */
export type Served = { readonly type: string; readonly cache: string };

/** CRLs are cached for half a minute, so that a revocation is seen within one. */
const changing = "public, max-age=30";
const lasting = "public, max-age=3600";
const pem = "application/x-pem-file";

/** How each kind of object is served. */
export const served = {
  page: { type: "text/html; charset=utf-8", cache: changing },
  certificate: { type: "application/pkix-cert", cache: lasting },
  crl: { type: "application/pkix-crl", cache: changing },
  chain: { type: pem, cache: lasting },
  allCrls: { type: pem, cache: changing },
} as const satisfies Readonly<Record<keyof typeof repositoryKeys, Served>>;
