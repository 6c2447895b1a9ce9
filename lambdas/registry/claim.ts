import type { Write } from "../transaction/write.ts";

/** What a domain stands for in a certificate: the part of a mail address, or of a principal name, after its "@". */
export const domainKinds = ["mail", "upn"] as const;
export type DomainKind = (typeof domainKinds)[number];
/** What a claim is about: a domain, or the organization in a subject (`o`). */
export type ClaimKind = DomainKind | "o";

/**
 * What certificates may name for one tenant alone, or (a domain) for all. A domain covers what is below it, unless that is
 * claimed by itself.
 */
export type Claim = {
  readonly kind: ClaimKind;
  /** What is compared: a domain as `normalDomain` writes it, an organization as `organizationKey` does. */
  readonly domain: string;
  /** An organization as it was first given. */
  readonly name?: string;
  /** Whose it is; undefined where all tenants share it. */
  readonly tenantId?: string;
  readonly createdAt: string;
  /** When a service last came to list it. */
  readonly listedAt?: string;
};

export type FoundClaims = ReadonlyMap<string, Claim>;

/** Finds the claims of these very domains, or keys of organizations, by them. */
export type FindClaims = (kind: ClaimKind, ...domains: readonly string[]) => Promise<FoundClaims>;

export type Claims = {
  readonly findClaims: FindClaims;
  listClaims(): Promise<readonly Claim[]>;
  /** Fails if the domain is claimed or shared already. */
  addClaim(claim: Claim): readonly Write[];
  /** Fails if the claim is gone, or if a service has come to list it since it was read. */
  removeClaim(claim: Claim): readonly Write[];
  /** Notes that a service lists it; fails if it is gone or has changed hands. */
  markListed(claim: Claim, at: string): Write;
};

/** A domain and those above it, nearest first; never a top-level domain alone. */
function withParents(domain: string): readonly string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, at) => labels.slice(at).join("."));
}

/** The claims that may cover these domains. */
export const findCovering = (find: FindClaims, kind: DomainKind, domains: readonly string[]): Promise<FoundClaims> =>
  find(kind, ...new Set(domains.flatMap(withParents)));

/** The claim that covers a domain: its own, or the nearest above it. */
export function coveringClaim(claims: FoundClaims, domain: string): Claim | undefined {
  const nearest = withParents(domain).find((one) => claims.has(one));
  return nearest === undefined ? undefined : claims.get(nearest);
}

/** May the tenant's services list what this claim covers? */
export const mayList = (claim: Claim, tenantId: string): boolean =>
  claim.tenantId === undefined || claim.tenantId === tenantId;
