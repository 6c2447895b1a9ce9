import type { Certificate } from "../certificates/certificate.ts";
import { holderName } from "../certificates/view.ts";
import { newId, type Random } from "../registry/identifier.ts";
import type { Notice } from "./notice.ts";

/** A holder's two mails about a certificate: where to download it, and where ID and password are shown. */
export function issuedNotice(
  context: { readonly random: Random },
  certificate: Certificate,
  now: Date,
  { resent }: { readonly resent?: true } = {},
): Notice {
  const { tenantId, certificateId, holder, correspondence, device, notAfter } = certificate;
  const { language, companyName } = correspondence;
  return {
    tenantId,
    noticeId: newId(tenantId, "notice", context.random),
    kinds: [`${holder.kind}-download`, `${holder.kind}-credential`],
    to: certificate.deviceEmail ?? certificate.certificateEmail,
    recipient: holderName(certificate, language),
    language,
    holder: { companyName, device, notAfter, ...(resent ? { resent } : {}) },
    certificateIds: [certificateId],
    createdAt: now.toISOString(),
  };
}
