import type { AuditAction } from "../contract/audit.ts";
import type { Ports } from "../certificates/ports.ts";
import { outlives } from "../pki/keys.ts";
import { standardPeriod } from "../registration/period.ts";
import { Refusal } from "../refusal.ts";
import { newId, newTenantId, tenantOf } from "../registry/identifier.ts";
import { tenantPolicy } from "../registry/policy.ts";
import type { ContractedService, ServiceChanges } from "../registry/tenant.ts";
import { listing } from "./domains.ts";
import type { Options } from "./options.ts";
import { naming } from "./subject-organizations.ts";
import { type Changes, changesBetween } from "../transaction/changes.ts";
import { type Operator, unknown, type Verbs } from "./run.ts";

export type TenantContext = Pick<
  Ports,
  "now" | "random" | "commit" | "tenants" | "claims" | "audit" | "authorityEnd"
> & {
  /** Dotted identifier of the provider's certificate policy. */
  readonly policy: string | undefined;
};

/** Tenants, services and organizations. A new tenant has its 本社 from the start. */
export const tenantVerbs = (context: TenantContext) =>
  ({
    "tenant create": async (options, actor) => {
      const twin = await sameName(context, options.name);
      const tenantId = newTenantId(context.random);
      const organizationId = newId(tenantId, "organization", context.random);
      const now = context.now();
      const tenant = {
        tenantId,
        name: options.name,
        englishName: options["english-name"],
        language: options.language,
        createdAt: now.toISOString(),
      };
      await context.commit([
        ...context.tenants.addTenant(tenant),
        ...(await naming(context, tenantId, "english-name", [tenant.englishName])),
        context.tenants.addOrganization({
          tenantId,
          organizationId,
          headOffice: true,
          name: options.language === "en" ? "Head office" : "本社",
        }),
        recorded(context, actor, "tenant.create", tenantId, changesBetween(undefined, tenant)),
      ]);
      return { tenantId, ...twin };
    },
    /** Existing certificates and notices keep the names that they were made with, so an earlier O stays the tenant's. */
    "tenant update": async ({ tenant: tenantId, name, "english-name": englishName, language }, actor) => {
      const before = await context.tenants.findTenant(tenantId);
      if (before === undefined) throw unknown(tenantId);
      if (name === undefined && englishName === undefined && language === undefined)
        throw new Refusal("usage", { detail: "give at least one option to change" });
      const twin = name === undefined || name === before.name ? {} : await sameName(context, name);
      const tenant = {
        ...before,
        ...(name === undefined ? {} : { name }),
        ...(englishName === undefined ? {} : { englishName }),
        ...(language === undefined ? {} : { language }),
      };
      await context.commit([
        ...context.tenants.changeTenant(before, tenant),
        ...(await naming(context, tenantId, "english-name", englishName === undefined ? [] : [englishName])),
        recorded(context, actor, "tenant.update", tenantId, changesBetween(before, tenant)),
      ]);
      return { tenantId, ...twin };
    },
    "tenant list": () => context.tenants.listTenants(),
    "tenant show": async ({ tenant: tenantId }) => {
      const tenant = await context.tenants.findTenant(tenantId);
      if (tenant === undefined) throw unknown(tenantId);
      const [services, organizations] = await Promise.all([
        context.tenants.listServices(tenantId),
        context.tenants.listOrganizations(tenantId),
      ]);
      const policyOid = tenantPolicy(context.policy, tenantId);
      return { ...tenant, ...(policyOid === undefined ? {} : { policyOid }), services, organizations };
    },
    "service create": async (options, actor) => {
      if ((await context.tenants.findTenant(options.tenant)) === undefined) throw unknown(options.tenant);
      const service: ContractedService = {
        tenantId: options.tenant,
        serviceId: newId(options.tenant, "service", context.random),
        createdAt: context.now().toISOString(),
        options: [],
        issuing: true,
        licences: 100,
        licencesUsed: 0,
        key: "auto",
        pkcs12: "auto",
        validityMonths: 60,
        mailDomains: [],
        subjectOrganizations: [],
        principalSuffixes: [],
        ...changesOf(options),
        name: options.name,
      };
      mustNameSuffixes(service);
      await context.commit([
        context.tenants.addService(service),
        ...(await listings(context, service, service)),
        recorded(context, actor, "service.create", service.serviceId, changesBetween(undefined, service)),
      ]);
      return { serviceId: service.serviceId, ...(await keyWarning(context, service)) };
    },
    "service update": async (options, actor) => {
      const before = await context.tenants.findService(tenantOf(options.service), options.service);
      if (before === undefined) throw unknown(options.service);
      const changes = changesOf(options);
      if (Object.keys(changes).length === 0)
        throw new Refusal("usage", { detail: "give at least one option to change" });
      const service = { ...before, ...changes };
      mustNameSuffixes(service);
      await context.commit([
        context.tenants.changeService(before, changes),
        ...(await listings(context, service, changes)),
        recorded(context, actor, "service.update", service.serviceId, changesBetween(before, service)),
      ]);
      return { serviceId: service.serviceId, ...(await keyWarning(context, service)) };
    },
    "organization create": async ({ tenant: tenantId, name }, actor) => {
      const [tenant, others] = await Promise.all([
        context.tenants.findTenant(tenantId),
        context.tenants.listOrganizations(tenantId),
      ]);
      if (tenant === undefined) throw unknown(tenantId);
      // Files name their organization, so a name has one meaning.
      const same = others.find((one) => one.name === name);
      if (same !== undefined) {
        const detail = `${name} is the name of ${same.organizationId} already; give another`;
        throw new Refusal("exists", { detail });
      }
      const organizationId = newId(tenantId, "organization", context.random);
      const organization = { tenantId, organizationId, name };
      await context.commit([
        context.tenants.addOrganization(organization),
        recorded(context, actor, "organization.create", organizationId, changesBetween(undefined, organization)),
      ]);
      return { organizationId };
    },
  }) satisfies Partial<Verbs>;

/** DynamoDB takes 100 items in a transaction; the service and the audit's line are two of them. */
const mostListed = 98;

/** The writes by which the service comes to list the domains and organizations that its changes name. */
async function listings(context: TenantContext, { tenantId }: ContractedService, changes: ServiceChanges) {
  const writes = [
    ...(await listing(context, tenantId, "mail", changes.mailDomains ?? [])),
    ...(await listing(context, tenantId, "upn", changes.principalSuffixes ?? [])),
    ...(await naming(context, tenantId, "allow-o", changes.subjectOrganizations ?? [])),
  ];
  if (writes.length > mostListed) {
    const detail = "the lists are too long for one command: give each with a service update of its own";
    throw new Refusal("usage", { detail });
  }
  return writes;
}

/** A principal name lets its holder in to Windows as whom it names. */
function mustNameSuffixes({ options, principalSuffixes }: ContractedService): void {
  if (!options.includes("smart-card") || principalSuffixes.length > 0) return;
  const detail = "smart-card needs the suffixes of its principal names: give --allow-upn a,b,…";
  throw new Refusal("usage", { detail });
}

/** Two companies of one name look the same in a list. They exist, so it is allowed, and the answer says so. */
async function sameName({ tenants }: TenantContext, name: string): Promise<{ warning?: string }> {
  const same = (await tenants.listTenants()).find((tenant) => tenant.name === name);
  return same === undefined ? {} : { warning: `${name} is the name of ${same.tenantId} too` };
}

/** What the options name, and nothing else: two simultaneous commands keep what each of them changes. */
function changesOf(options: Omit<Options<"service update">, "service">): ServiceChanges {
  const { "validity-months": validityMonths } = options;
  const subjectOrganizations = options["allow-own-o"] ? [] : options["allow-o"];
  const mailDomains = options["allow-any-mail-domain"] ? [] : options["allow-mail-domain"];
  const principalSuffixes = options["allow-no-upn"] ? [] : options["allow-upn"];
  return {
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.options === undefined ? {} : { options: options.options }),
    ...(options.issuing === undefined ? {} : { issuing: options.issuing }),
    ...(options.licences === undefined ? {} : { licences: options.licences }),
    ...(options.key === undefined ? {} : { key: options.key }),
    ...(options.pkcs12 === undefined ? {} : { pkcs12: options.pkcs12 }),
    ...(validityMonths === undefined ? {} : { validityMonths }),
    ...(subjectOrganizations === undefined ? {} : { subjectOrganizations }),
    ...(mailDomains === undefined ? {} : { mailDomains }),
    ...(principalSuffixes === undefined ? {} : { principalSuffixes }),
  };
}

const recorded = (context: TenantContext, actor: Operator, action: AuditAction, subject: string, changes: Changes) =>
  context.audit.record({ tenantId: tenantOf(subject), at: context.now(), actor, action, subject, changes });

/** A key that was asked for is obeyed, and said where it ends after what is recommended for it. */
async function keyWarning(context: TenantContext, service: ContractedService): Promise<{ warning?: string }> {
  if (service.key === "auto") return {};
  const { notAfter } = standardPeriod(service.validityMonths, context.now(), await context.authorityEnd());
  return outlives(service.key, notAfter)
    ? {
        warning: `${service.key} certificates of this service end ${notAfter.toISOString()}, after the end of 2030 that is recommended for this key`,
      }
    : {};
}
