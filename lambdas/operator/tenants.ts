import type { Actor, Audit } from "../audit/audit.ts";
import { outlives } from "../pki/keys.ts";
import { standardPeriod } from "../enrollment/period.ts";
import { Refusal } from "../refusal.ts";
import { newId, newTenantId, type Random, tenantOf } from "../registry/identifier.ts";
import type { ContractedService, Tenants } from "../registry/tenant.ts";
import type { Commit } from "../transaction/write.ts";
import type { Options, } from "./options.ts";
import type { Verbs } from "./run.ts";

export type TenantContext = {
  readonly now: () => Date;
  readonly random: Random;
  readonly commit: Commit;
  readonly tenants: Tenants;
  readonly audit: Audit;
  readonly authorityEnd: () => Promise<Date>;
};

const operator = (name: string): Actor => ({ kind: "operator", name });

/** Tenants, services and organizations. A new tenant has its 本社 from the start. */
export const tenantVerbs = (context: TenantContext) =>
  ({
    "tenant create": async (options, actor) => {
      const tenantId = newTenantId(context.random);
      const organizationId = newId(tenantId, "organization", context.random);
      const now = context.now();
      await context.commit([
        ...context.tenants.addTenant({
          tenantId,
          name: options.name,
          englishName: options["english-name"],
          language: options.language,
          createdAt: now.toISOString(),
        }),
        context.tenants.addOrganization({ tenantId, organizationId, name: options.language === "en" ? "Head office" : "本社" }),
        context.audit.record({ tenantId, at: now, actor: operator(actor), action: "tenant.create", subject: tenantId }),
      ]);
      return { tenantId };
    },
    "tenant list": () => context.tenants.listTenants(),
    "tenant show": async ({ tenant: tenantId }) => {
      const tenant = await context.tenants.findTenant(tenantId);
      if (tenant === undefined) throw new Refusal("notFound");
      const [services, organizations] = await Promise.all([
        context.tenants.listServices(tenantId),
        context.tenants.listOrganizations(tenantId),
      ]);
      return { ...tenant, services, organizations };
    },
    "service create": async (options, actor) => {
      if ((await context.tenants.findTenant(options.tenant)) === undefined) throw new Refusal("notFound");
      const service = changed(
        {
          tenantId: options.tenant,
          serviceId: newId(options.tenant, "service", context.random),
          name: options.name,
          options: [],
          issuing: true,
          licences: 100,
          licencesUsed: 0,
          key: "auto",
          validityMonths: 60,
          mailDomains: [],
          subjectOrganizations: [],
          principalSuffixes: [],
        },
        options,
      );
      await context.commit([context.tenants.addService(service), recorded(context, service, actor, "service.create")]);
      return { serviceId: service.serviceId, ...(await keyWarning(context, service)) };
    },
    "service update": async (options, actor) => {
      const before = await context.tenants.findService(tenantOf(options.service), options.service);
      if (before === undefined) throw new Refusal("notFound");
      const service = changed(before, options);
      await context.commit([
        context.tenants.changeService(before, service),
        recorded(context, service, actor, "service.update"),
      ]);
      return { serviceId: service.serviceId, ...(await keyWarning(context, service)) };
    },
    "organization create": async ({ tenant: tenantId, name }, actor) => {
      if ((await context.tenants.findTenant(tenantId)) === undefined) throw new Refusal("notFound");
      const organizationId = newId(tenantId, "organization", context.random);
      await context.commit([
        context.tenants.addOrganization({ tenantId, organizationId, name }),
        context.audit.record({
          tenantId,
          at: context.now(),
          actor: operator(actor),
          action: "organization.create",
          subject: organizationId,
        }),
      ]);
      return { organizationId };
    },
  }) satisfies Partial<Verbs>;

const lower = (texts: readonly string[]) => texts.map((text) => text.toLowerCase());

/** The service with what the options name changed, and the rest as it was. */
function changed(service: ContractedService, options: Omit<Options<"service update">, "service">): ContractedService {
  return {
    ...service,
    name: options.name ?? service.name,
    options: options.options ?? service.options,
    issuing: options.issuing ?? service.issuing,
    licences: options.licences ?? service.licences,
    key: options.key ?? service.key,
    validityMonths: options["validity-months"] ?? service.validityMonths,
    subjectOrganizations: options["allow-o"] ?? service.subjectOrganizations,
    mailDomains: options["allow-mail-domain"] === undefined ? service.mailDomains : lower(options["allow-mail-domain"]),
    principalSuffixes: options["allow-upn"] === undefined ? service.principalSuffixes : lower(options["allow-upn"]),
  };
}

const recorded = (context: TenantContext, service: ContractedService, actor: string, action: string) =>
  context.audit.record({
    tenantId: service.tenantId,
    at: context.now(),
    actor: operator(actor),
    action,
    subject: service.serviceId,
  });

/** A key that was asked for is obeyed, and said where it ends after what is recommended for it. */
async function keyWarning(context: TenantContext, service: ContractedService): Promise<{ warning?: string }> {
  if (service.key === "auto") return {};
  const { notAfter } = standardPeriod(service.validityMonths, context.now(), await context.authorityEnd());
  return outlives(service.key, notAfter)
    ? { warning: `${service.key} certificates of this service end ${notAfter.toISOString()}, after the end of 2030 that is recommended for this key` }
    : {};
}
