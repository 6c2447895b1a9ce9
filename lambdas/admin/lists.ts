import { findWhole } from "../certificates/whole.ts";
import { certificateDetails } from "../certificates/details.ts";
import type { PageRequest } from "../certificates/list.ts";
import type { Ports } from "../certificates/ports.ts";
import { certificateView } from "../certificates/view.ts";
import type { AdminRoutes } from "../contract/admin.ts";
import { cursorOf, type PageQuery } from "../contract/lists.ts";
import { conditionsOf } from "../contract/search.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Handlers } from "../http/serve.ts";
import { Refusal } from "../refusal.ts";
import { rulesOf } from "../registration/rules.ts";
import { inOrganizationOrder, inServiceOrder } from "../registry/sorting.ts";
import type { AuditHistory } from "../transaction/audit.ts";

export type ListsContext = Pick<Ports, "tenants" | "certificates" | "materials" | "lists"> & {
  readonly auditHistory: AuditHistory;
};

type ListRoutes = Pick<
  AdminRoutes,
  | "listServices"
  | "listOrganizations"
  | "listCertificates"
  | "countCertificates"
  | "getCertificate"
  | "getCertificateDetails"
>;

/** What the admin site answers about services, organizations and the lists of certificates. */
export const listHandlers = (context: ListsContext): Handlers<ListRoutes, AdministratorCaller> => ({
  listServices: async ({ caller }) => ({
    services: inServiceOrder(await context.tenants.listServices(caller.tenant.tenantId)).map((service) => ({
      ...rulesOf(caller.tenant, service),
      options: [...service.options],
      mailDomains: [...service.mailDomains],
      principalSuffixes: [...service.principalSuffixes],
    })),
  }),
  listOrganizations: async ({ caller }) => ({
    organizations: [...inOrganizationOrder(await context.tenants.listOrganizations(caller.tenant.tenantId))],
  }),
  listCertificates: async ({ caller, params, query, language }) => {
    const { tenantId } = caller.tenant;
    await foundOrganization(context, tenantId, params);
    const page = pageOf(query);
    const { certificates, previous, next, looked } = await context.lists.page({ tenantId, ...params }, page);
    return {
      rows: certificates.map((certificate) => certificateView(certificate, language)),
      ...(previous === undefined ? {} : { previous: cursorOf(previous) }),
      ...(next === undefined ? {} : { next: cursorOf(next) }),
      ...(looked === undefined ? {} : { looked }),
    };
  },
  countCertificates: async ({ caller, params, query }) => {
    const { tenantId } = caller.tenant;
    await foundOrganization(context, tenantId, params);
    const [list, conditions] = [{ tenantId, ...params }, conditionsOf(query)];
    if (conditions === undefined) return { certificates: await context.lists.count(list) };
    const { certificates, next } = await context.lists.countMatching(list, conditions, query.cursor);
    return { certificates, ...(next === undefined ? {} : { next: cursorOf(next) }) };
  },
  getCertificate: async ({ caller, params, language }) => {
    const certificate = await context.certificates.find(caller.tenant.tenantId, params.certificateId);
    if (certificate?.holder.kind !== "subscriber") throw new Refusal("notFound");
    return certificateView(certificate, language);
  },
  getCertificateDetails: async ({ caller, params, language }) => {
    const { tenantId } = caller.tenant;
    const whole = await findWhole(context, tenantId, params.certificateId);
    if (whole?.certificate.holder.kind !== "subscriber") throw new Refusal("notFound");
    const { subscriberId } = whole.certificate.holder;
    const lines = await Promise.all([
      context.auditHistory.listAbout(tenantId, params.certificateId, historyLength),
      // Its registration is recorded under the subscriber.
      context.auditHistory.listAbout(tenantId, subscriberId, historyLength),
    ]);
    return certificateDetails(whole, lines.flat(), language);
  },
});

/** The newest lines of a history. Daily downloads make more than a page can show. */
const historyLength = 100;

/** A list below a foreign or unknown service or organization does not exist. */
async function foundOrganization(
  { tenants }: Pick<ListsContext, "tenants">,
  tenantId: string,
  at: { readonly serviceId: string; readonly organizationId: string },
): Promise<void> {
  const [service, organization] = await Promise.all([
    tenants.findService(tenantId, at.serviceId),
    tenants.findOrganization(tenantId, at.organizationId),
  ]);
  if (service === undefined || organization === undefined) throw new Refusal("notFound");
}

function pageOf({ sort, order, limit, cursor, back, from, ...asked }: PageQuery): PageRequest {
  const page = { sort, order, limit, conditions: conditionsOf(asked) } as const;
  if (cursor !== undefined) return { ...page, start: { at: back ? "before" : "after", cursor } };
  if (from !== undefined) return { ...page, start: { at: "value", value: from } };
  return { ...page, start: { at: back ? "last" : "first" } };
}
