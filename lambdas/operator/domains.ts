import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import { type Claim, type ClaimKind, coveringClaim, findCovering, mayList } from "../registry/claim.ts";
import type { ContractedService } from "../registry/tenant.ts";
import { noTenant } from "../transaction/audit.ts";
import { changesBetween } from "../transaction/changes.ts";
import type { Write } from "../transaction/write.ts";
import { type Operator, unknown, type Verbs } from "./run.ts";

export type DomainContext = Pick<Ports, "now" | "commit" | "tenants" | "claims" | "audit">;

/** The claims of domains: one tenant's, or shared by all. */
export const domainVerbs = (context: DomainContext) =>
  ({
    "domain claim": async ({ tenant: tenantId, domain, kind }, actor) => {
      if ((await context.tenants.findTenant(tenantId)) === undefined) throw unknown(tenantId);
      const before = await foundFor(context, kind, domain, tenantId);
      const below = (await context.claims.listClaims()).find(
        (claim) => claim.kind === kind && claim.domain.endsWith(`.${domain}`) && !mayList(claim, tenantId),
      );
      if (below !== undefined) throw await taken(context, below, below.domain);
      return claimed(context, actor, before, { kind, domain, tenantId, createdAt: context.now().toISOString() });
    },
    "domain share": async ({ domain, kind }, actor) => {
      const before = await foundFor(context, kind, domain);
      return claimed(context, actor, before, { kind, domain, createdAt: context.now().toISOString() });
    },
    "domain release": async ({ domain, kind }, actor) => {
      const claim = (await context.claims.findClaims(kind, domain)).get(domain);
      if (claim === undefined)
        throw new Refusal("notFound", {
          detail: `${domain} is not claimed (--kind ${kind}); "domain list" shows what is`,
        });
      const listing = await serviceListing(context, claim);
      if (listing !== undefined) {
        const detail = `${domain} is listed by ${listing.serviceId} (${listing.name}): change its --${options[kind]} first`;
        throw new Refusal("exists", { detail });
      }
      await context.commit([
        ...context.claims.removeClaim(claim),
        recorded(context, actor, "domain.release", claim, changesBetween<Claim>(claim, {})),
      ]);
      return { domain, kind };
    },
    "domain list": async ({ tenant }) => {
      const all = await context.claims.listClaims();
      return all.filter(({ tenantId }) => tenant === undefined || tenantId === tenant);
    },
  }) satisfies Partial<Verbs>;

const options = { mail: "allow-mail-domain", upn: "allow-upn" } as const;

/** The claim of this very domain, if it is the tenant's (or, without one, shared). Refuses what belongs to somebody else. */
async function foundFor(
  context: DomainContext,
  kind: ClaimKind,
  domain: string,
  tenantId?: string,
): Promise<Claim | undefined> {
  const claim = coveringClaim(await findCovering(context.claims.findClaims, kind, [domain]), domain);
  const same = claim?.domain === domain;
  if (claim?.tenantId !== undefined && claim.tenantId !== tenantId) throw await taken(context, claim, domain);
  if (!same) return undefined;
  if (claim.tenantId !== tenantId)
    throw new Refusal("exists", { detail: `${domain} is shared by all companies; release it first` });
  return claim;
}

async function taken({ tenants }: DomainContext, { domain: held, tenantId = "" }: Claim, domain: string) {
  const name = (await tenants.findTenant(tenantId))?.name ?? "";
  const detail = `${held} belongs to ${tenantId} (${name})${held === domain ? "" : `, and ${domain} is below it`}; release it there first`;
  return new Refusal("exists", { detail });
}

/** Adds the claim, unless it is there: asked again, only the question is recorded. */
async function claimed(context: DomainContext, actor: Operator, before: Claim | undefined, claim: Claim) {
  const action = claim.tenantId === undefined ? "domain.share" : "domain.claim";
  await context.commit([
    ...(before === undefined ? context.claims.addClaim(claim) : []),
    recorded(context, actor, action, claim, changesBetween(before, before ?? claim)),
  ]);
  return { domain: claim.domain, kind: claim.kind };
}

const recorded = (
  { audit, now }: DomainContext,
  actor: Operator,
  action: string,
  { kind, domain, tenantId = noTenant }: Claim,
  changes: ReturnType<typeof changesBetween>,
): Write =>
  audit.record({ tenantId, at: now(), actor, action, subject: `${kind} ${domain}`, facts: { kind, domain }, changes });

const listsOf = ({ mailDomains, principalSuffixes }: ContractedService) => ({
  mail: mailDomains,
  upn: principalSuffixes,
});

/** A service that lists what this claim, and none below it, covers. */
async function serviceListing(
  { tenants, claims }: DomainContext,
  claim: Claim,
): Promise<ContractedService | undefined> {
  const owners = claim.tenantId === undefined ? await tenants.listTenants() : [{ tenantId: claim.tenantId }];
  for (const { tenantId } of owners) {
    for (const service of await tenants.listServices(tenantId)) {
      const listed = listsOf(service)[claim.kind];
      const covering = await findCovering(claims.findClaims, claim.kind, listed);
      if (listed.some((domain) => coveringClaim(covering, domain)?.domain === claim.domain)) return service;
    }
  }
  return undefined;
}

/** The writes by which a service comes to list domains. Refuses those that are neither its tenant's nor shared. */
export async function listing(
  { claims, now }: Pick<DomainContext, "claims" | "now">,
  tenantId: string,
  kind: ClaimKind,
  domains: readonly string[],
): Promise<readonly Write[]> {
  if (domains.length === 0) return [];
  const covering = await findCovering(claims.findClaims, kind, domains);
  const used = new Map<string, Claim>();
  for (const domain of domains) {
    const claim = coveringClaim(covering, domain);
    const how = `domain claim --tenant ${tenantId} --domain ${domain}${kind === "mail" ? "" : ` --kind ${kind}`}`;
    if (claim === undefined)
      throw new Refusal("notFound", {
        detail: `--${options[kind]}: ${domain} belongs to nobody yet: ${how} (or "domain share" for what is public, such as a mail provider)`,
      });
    if (!mayList(claim, tenantId))
      throw new Refusal("exists", {
        detail: `--${options[kind]}: ${domain} belongs to ${claim.tenantId}; after its release there: ${how}`,
      });
    used.set(claim.domain, claim);
  }
  return [...used.values()].map((claim) => claims.markListed(claim, now().toISOString()));
}
