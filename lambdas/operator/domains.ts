import type { AuditAction } from "../contract/audit.ts";
import type { Ports } from "../certificates/ports.ts";
import { Refusal } from "../refusal.ts";
import { type Claim, coveringClaim, type DomainKind, findCovering, mayList } from "../registry/claim.ts";
import type { ContractedService } from "../registry/tenant.ts";
import { noTenant } from "../transaction/audit.ts";
import { changesBetween } from "../transaction/changes.ts";
import type { Write } from "../transaction/write.ts";
import { type Operator, unknown, type Verbs } from "./run.ts";
import { findNamed, stillNamed } from "./subject-organizations.ts";

export type DomainContext = Pick<Ports, "now" | "commit" | "tenants" | "claims" | "audit">;

/** The claims of domains: one tenant's, or shared by all. Those of organizations come with the lists that name them. */
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
    "domain release": async ({ domain = "", kind = "mail", o }, actor) => {
      const claim =
        o === undefined ? (await context.claims.findClaims(kind, domain)).get(domain) : await findNamed(context, o);
      if (claim === undefined)
        throw new Refusal("notFound", {
          detail: `${o ?? domain} is not claimed${o === undefined ? ` (--kind ${kind})` : ""}; "domain list" shows what is`,
        });
      const reason = o === undefined ? await listed(context, claim, kind) : await named(context, claim);
      if (reason !== undefined) throw new Refusal("exists", { detail: reason });
      await context.commit([
        ...context.claims.removeClaim(claim),
        o === undefined
          ? recorded(context, actor, "domain.release", claim, changesBetween<Claim>(claim, {}))
          : organizationReleased(context, actor, claim),
      ]);
      return o === undefined ? { domain, kind } : { o: claim.name, warning: released(claim) };
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
  kind: DomainKind,
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
  action: AuditAction,
  { kind, domain, tenantId = noTenant }: Claim,
  changes: ReturnType<typeof changesBetween>,
): Write =>
  audit.record({ tenantId, at: now(), actor, action, subject: `${kind} ${domain}`, facts: { kind, domain }, changes });

function organizationReleased(
  { audit, now }: DomainContext,
  actor: Operator,
  { tenantId = noTenant, name = "" }: Claim,
): Write {
  const changes = changesBetween<{ name: string }>({ name }, {});
  return audit.record({ tenantId, at: now(), actor, action: "organizationName.release", subject: name, changes });
}

/** Why a domain cannot be released: a service lists it. */
async function listed(context: DomainContext, claim: Claim, kind: DomainKind): Promise<string | undefined> {
  const service = await serviceListing(context, claim, kind);
  if (service === undefined) return undefined;
  return `${claim.domain} is listed by ${service.serviceId} (${service.name}): change its --${options[kind]} first`;
}

/** Why an organization cannot be released: its tenant's certificates may ask for it. */
async function named(context: DomainContext, claim: Claim): Promise<string | undefined> {
  const { tenantId = "" } = claim;
  const tenant = await context.tenants.findTenant(tenantId);
  return tenant === undefined ? undefined : stillNamed(claim, tenant, await context.tenants.listServices(tenantId));
}

const released = ({ tenantId, name }: Claim): string =>
  `certificates of ${tenantId} that name ${name} stay in force until they end or are revoked ("certificate list --tenant ${tenantId}")`;

const listsOf = ({ mailDomains, principalSuffixes }: ContractedService) => ({
  mail: mailDomains,
  upn: principalSuffixes,
});

/** A service that lists what this claim, and none below it, covers. */
async function serviceListing(
  { tenants, claims }: DomainContext,
  claim: Claim,
  kind: DomainKind,
): Promise<ContractedService | undefined> {
  const owners = claim.tenantId === undefined ? await tenants.listTenants() : [{ tenantId: claim.tenantId }];
  for (const { tenantId } of owners) {
    for (const service of await tenants.listServices(tenantId)) {
      const listed = listsOf(service)[kind];
      const covering = await findCovering(claims.findClaims, kind, listed);
      if (listed.some((domain) => coveringClaim(covering, domain)?.domain === claim.domain)) return service;
    }
  }
  return undefined;
}

/** The writes by which a service comes to list domains. Refuses those that are neither its tenant's nor shared. */
export async function listing(
  { claims, now }: Pick<DomainContext, "claims" | "now">,
  tenantId: string,
  kind: DomainKind,
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
