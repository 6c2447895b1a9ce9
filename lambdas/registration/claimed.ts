import { coveringClaim, findCovering, type FindClaims, mayList } from "../registry/claim.ts";
import { type Asked, domainAfterAt, type Fault } from "./rules.ts";

/** The values of a registration that name a domain, and what it stands for there. */
const naming = { primaryEmail: "mail", certificateEmail: "mail", principalName: "upn" } as const;
const places = Object.keys(naming) as (keyof typeof naming)[];
const domainAt = (asked: Asked, at: keyof typeof naming) =>
  asked[at] === undefined ? [] : [{ at, kind: naming[at], domain: domainAfterAt(asked[at]) }];
const domainsIn = (asked: Asked) => places.flatMap((at) => domainAt(asked, at));

/**
 * Asks about the domains of all these registrations together; returns the rule that refuses those which are another
 * tenant's, and does not say whose.
 */
export async function claimRule(
  findClaims: FindClaims,
  tenantId: string,
  all: readonly Asked[],
): Promise<(asked: Asked) => readonly Fault[]> {
  const named = all.flatMap(domainsIn);
  const of = async (kind: "mail" | "upn") => {
    const domains = [...new Set(named.filter((one) => one.kind === kind).map(({ domain }) => domain))];
    return domains.length === 0 ? new Map<string, never>() : findCovering(findClaims, kind, domains);
  };
  const [mail, upn] = await Promise.all([of("mail"), of("upn")]);
  const claims = { mail, upn };
  return (asked) =>
    domainsIn(asked).flatMap(({ at, kind, domain }) => {
      const claim = coveringClaim(claims[kind], domain);
      if (claim === undefined || mayList(claim, tenantId)) return [];
      return [{ at, code: "domainOfAnother", facts: { domain } }];
    });
}
