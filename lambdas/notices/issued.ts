import type { Certificate } from "../certificates/certificate.ts";
import { holderName } from "../certificates/view.ts";
import type { Notice } from "./notice.ts";
import { newId, type Random } from "../registry/identifier.ts";

/** What a new certificate owes its holder, in two mails: where to download it, and where ID and password are shown. */
export function issuedNotice(context: { readonly random: Random }, certificate: Certificate, now: Date): Notice {
  const { tenantId, certificateId, holder, correspondence, device, notAfter } = certificate;
  return {
    tenantId,
    noticeId: newId(tenantId, "notice", context.random),
    kinds: [`${holder.kind}-download`, `${holder.kind}-credential`],
    to: certificate.certificateEmail,
    recipient: holderName(certificate),
    language: correspondence.language,
    holder: { companyName: correspondence.companyName, device, notAfter },
    certificateIds: [certificateId],
    createdAt: now.toISOString(),
  };
}
