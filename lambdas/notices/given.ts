import type { Certificate, Certificates } from "../certificates/certificate.ts";
import { holderName } from "../certificates/view.ts";
import type { Language } from "../contract/language.ts";
import { companyName, type Tenants } from "../registry/tenant.ts";
import type { ActGiven, ListedCertificate } from "./mails/mail.ts";
import type { Notice } from "./notice.ts";

export type GivenContext = {
  readonly brand: string;
  readonly adminUrl: string;
  readonly certificates: Pick<Certificates, "find">;
  readonly tenants: Pick<Tenants, "findTenant" | "findService" | "findOrganization">;
};

/** What a mail to an administrator is given: the act, and what it is about as that is now. */
export async function actGiven(
  context: GivenContext,
  notice: Notice & { readonly act: NonNullable<Notice["act"]> },
): Promise<ActGiven<unknown>> {
  const { tenantId, noticeId, language, certificateIds, act } = notice;
  const { serviceId, organizationId } = act.place ?? {};
  const [tenant, service, organization, ...certificates] = await Promise.all([
    context.tenants.findTenant(tenantId),
    serviceId === undefined ? undefined : context.tenants.findService(tenantId, serviceId),
    organizationId === undefined ? undefined : context.tenants.findOrganization(tenantId, organizationId),
    ...certificateIds.map((id) => listed(context, tenantId, id, language)),
  ]);
  if (tenant === undefined) throw new Error(`notice ${noticeId} belongs to a tenant that does not exist`);
  const found = certificates.filter((one) => one !== undefined);
  return {
    brand: context.brand,
    adminUrl: context.adminUrl,
    recipientName: notice.recipient,
    companyName: companyName(tenant, language),
    actedBy: act.actor,
    at: notice.createdAt,
    service: service?.name,
    organization: organization?.name,
    certificates: found,
    count: act.count ?? found.length,
    told: act.told,
  };
}

async function listed(
  context: GivenContext,
  tenantId: string,
  certificateId: string,
  language: Language,
): Promise<ListedCertificate | undefined> {
  const certificate = await context.certificates.find(tenantId, certificateId);
  if (certificate === undefined) return undefined;
  const { holder, subject, serialNumber, certificateEmail, device, notBefore, notAfter } = certificate;
  const ofSubscriber =
    holder.kind === "subscriber"
      ? {
          service: (await context.tenants.findService(tenantId, holder.serviceId))?.name,
          organization: holder.organizationName,
        }
      : {};
  return {
    certificateId,
    name: holderName(certificate, language),
    ...ofSubscriber,
    commonName: subject.commonName,
    serialNumber,
    certificateEmail,
    device,
    notBefore,
    notAfter,
    revoked: revocationOf(certificate),
  };
}

const revocationOf = ({ state }: Certificate) =>
  state.status === "revoked" ? { at: state.revokedAt, reason: state.revocationReason } : undefined;
