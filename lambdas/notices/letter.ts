import type { Certificate } from "../certificates/certificate.ts";
import { holderName } from "../certificates/present.ts";
import type { Tenant } from "../registry/tenant.ts";
import { type Notice, noticeDays } from "./notice.ts";
import { type RenderedNotice, renderNotice } from "./texts/render.ts";

type LetterContext = { readonly brand: string; readonly adminUrl: string; readonly downloadUrl: string };

export type LetterFacts = {
  readonly notice: Notice;
  readonly tenant: Tenant;
  readonly certificates: readonly Certificate[];
  /** Where ID and password are shown, for the mails that lead there. */
  readonly noticeUrl: string | undefined;
};

/** The words of a notice, from what it tells of as that stands now. */
export function letterOf(context: LetterContext, { notice, tenant, certificates, noticeUrl = "" }: LetterFacts): RenderedNotice {
  const { brand, adminUrl, downloadUrl } = context;
  const { kind, language } = notice;
  const addressed = { brand, recipientName: notice.recipient, companyName: tenant.name };
  const announced = { ...addressed, adminUrl, actedBy: notice.actor ?? "" };
  if (kind === "revocation") {
    return renderNotice(kind, language, {
      ...announced,
      certificates: certificates.flatMap((certificate) => {
        const { state } = certificate;
        if (state.status !== "revoked") return [];
        return [{ ...listed(certificate), reason: state.revocationReason, revokedAt: state.revokedAt }];
      }),
    });
  }
  if (kind === "credential-shown") {
    const facts = { ...announced, shownAt: notice.createdAt, certificates: certificates.map(listed) };
    return renderNotice(kind, language, facts);
  }
  const [certificate] = certificates;
  if (certificate === undefined) throw new Error(`notice ${notice.noticeId} tells of no certificate`);
  const { device, notAfter } = certificate;
  const facts = { ...addressed, device, notAfter, days: noticeDays, downloadUrl, adminUrl, noticeUrl };
  return renderNotice(kind, language, facts);
}

const listed = (certificate: Certificate) => ({
  name: holderName(certificate),
  commonName: certificate.subject.commonName,
  serialNumber: certificate.serialNumber,
  certificateEmail: certificate.certificateEmail,
  device: certificate.device,
  notAfter: certificate.notAfter,
});
