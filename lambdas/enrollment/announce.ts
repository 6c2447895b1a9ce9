import type { Certificate } from "../certificates/certificate.ts";
import type { Notice } from "../notices/notice.ts";
import type { Administrators } from "../registry/administrator.ts";
import { newId, type Random } from "../registry/identifier.ts";
import type { Tenants } from "../registry/tenant.ts";

type AnnounceContext = {
  readonly random: Random;
  readonly tenants: Pick<Tenants, "findTenant">;
  readonly administrators: Pick<Administrators, "findAdministrator">;
};

/** The two mails that a new certificate owes its holder: where to download it, and where ID and password are shown. */
export async function issuedNotices(
  context: AnnounceContext,
  certificate: Certificate,
  now: Date,
): Promise<readonly Notice[]> {
  const { tenantId, certificateId, holder } = certificate;
  const common = {
    tenantId,
    to: certificate.certificateEmail,
    certificateIds: [certificateId],
    createdAt: now.toISOString(),
  };
  if (holder.kind === "administrator") {
    const administrator = await context.administrators.findAdministrator(tenantId, holder.administratorId);
    const language = administrator?.language ?? "ja";
    return (["administrator-download", "administrator-credential"] as const).map((kind) => ({
      ...common,
      noticeId: newId(tenantId, "notice", context.random),
      kind,
      language,
      recipient: holder.name,
    }));
  }
  const tenant = await context.tenants.findTenant(tenantId);
  return (["subscriber-download", "subscriber-credential"] as const).map((kind) => ({
    ...common,
    noticeId: newId(tenantId, "notice", context.random),
    kind,
    language: tenant?.language ?? "ja",
    recipient: `${holder.familyName} ${holder.givenName}`,
  }));
}
