import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import type { Claim } from "../registry/claim.ts";
import { organizationKey } from "../registry/organization-key.ts";
import type { ContractedService, Tenant } from "../registry/tenant.ts";
import type { Write } from "../transaction/write.ts";

export type OrganizationContext = Pick<Ports, "now" | "tenants" | "claims">;

const keyOf = (name: string): string => {
  const key = organizationKey(name);
  if (key === undefined) throw new Refusal("usage", { detail: `${name} has no letter or digit to tell it by` });
  return key;
};

/**
 * The writes by which the organizations (O) that an option gives become, or stay, those of the tenant. Refuses what is another
 * tenant's: relying parties let in by the O alone.
 */
export async function naming(
  { claims, tenants, now }: OrganizationContext,
  tenantId: string,
  option: "english-name" | "allow-o",
  names: readonly string[],
): Promise<readonly Write[]> {
  if (names.length === 0) return [];
  const at = now().toISOString();
  const named = new Map(names.toReversed().map((name) => [keyOf(name), name]));
  const found = await claims.findClaims("o", ...named.keys());
  const writes: Write[] = [];
  for (const [domain, name] of named) {
    const claim = found.get(domain);
    if (claim === undefined) {
      writes.push(...claims.addClaim({ kind: "o", domain, name, tenantId, createdAt: at, listedAt: at }));
    } else if (claim.tenantId === tenantId) {
      writes.push(claims.markListed(claim, at));
    } else {
      const holder = await tenants.findTenant(claim.tenantId ?? "");
      const detail = `--${option}: ${name} is an O of ${claim.tenantId} (${holder?.name ?? ""}), there written ${claim.name}; give another, or free it there first: domain release --o "${claim.name}"`;
      throw new Refusal("exists", { detail });
    }
  }
  return writes;
}

/** The claim of an organization, by any of its spellings; undefined where it is nobody's. */
export async function findNamed({ claims }: OrganizationContext, name: string): Promise<Claim | undefined> {
  const key = keyOf(name);
  return (await claims.findClaims("o", key)).get(key);
}

/** Why the organization is still its tenant's: the command that ends that. Undefined when certificates cannot ask for it. */
export function stillNamed(
  { domain }: Claim,
  { tenantId, englishName }: Tenant,
  services: readonly ContractedService[],
): string | undefined {
  if (organizationKey(englishName) === domain)
    return `${englishName} is the name of ${tenantId}: change it first (tenant update --tenant ${tenantId} --english-name …)`;
  const listing = services.find(({ subjectOrganizations }) =>
    subjectOrganizations.some((one) => organizationKey(one) === domain),
  );
  return listing === undefined
    ? undefined
    : `it is listed by ${listing.serviceId} (${listing.name}): change its --allow-o first`;
}
