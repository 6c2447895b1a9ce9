import type { Certificate } from "../certificates/certificate.ts";
import { holderName } from "../certificates/view.ts";
import { importErrorLine } from "../imports/wording.ts";
import type { Tenant } from "../registry/tenant.ts";
import { type Notice, noticeDays, type NoticeKind } from "./notice.ts";
import { type RenderedNotice, renderNotice } from "./texts/render.ts";

type LetterContext = { readonly brand: string; readonly adminUrl: string; readonly downloadUrl: string };

export const holderKinds = [
  "administrator-download",
  "administrator-credential",
  "subscriber-download",
  "subscriber-credential",
] as const satisfies readonly NoticeKind[];
export type HolderKind = (typeof holderKinds)[number];
export const isHolderKind = (kind: NoticeKind): kind is HolderKind => holderKinds.some((one) => one === kind);

/** A mail to a certificate's holder; `noticeUrl` is where ID and password are shown. */
export function holderLetter(
  context: LetterContext,
  notice: Notice,
  kind: HolderKind,
  noticeUrl: string,
): RenderedNotice {
  const { brand, adminUrl, downloadUrl } = context;
  const { holder, language, recipient: recipientName } = notice;
  if (holder === undefined) throw new Error(`notice ${notice.noticeId} tells of no holder`);
  const facts = { brand, recipientName, ...holder, days: noticeDays, downloadUrl, adminUrl, noticeUrl };
  return renderNotice(kind, language, facts);
}

/** A mail to an administrator, from what it tells of as that stands now. */
export function administratorsLetter(
  context: LetterContext,
  notice: Notice,
  kind: Exclude<NoticeKind, HolderKind>,
  { tenant, certificates }: { readonly tenant: Tenant; readonly certificates: readonly Certificate[] },
): RenderedNotice {
  const { brand, adminUrl } = context;
  const { language, recipient: recipientName } = notice;
  const facts = { brand, adminUrl, recipientName, companyName: tenant.name, actedBy: notice.actor ?? "" };
  switch (kind) {
    case "revocation":
      return renderNotice(kind, language, { ...facts, certificates: certificates.flatMap(revoked) });
    case "revocation-done": {
      const done = certificates.flatMap(revoked);
      return renderNotice(kind, language, { ...facts, certificates: done, count: notice.count ?? done.length });
    }
    case "revocation-planned":
    case "revocation-cancelled": {
      const { planned } = notice;
      if (planned === undefined) throw new Error(`notice ${notice.noticeId} tells of no plan`);
      const plan = { on: planned.at, reason: planned.reason };
      return renderNotice(kind, language, { ...facts, ...plan, certificates: certificates.map(listed) });
    }
    case "import-register":
    case "import-register-errors":
    case "import-revoke":
    case "import-revoke-errors":
    case "import-package":
      return renderNotice(kind, language, { ...facts, ...importFacts(notice, adminUrl) });
    case "credential-shown":
      return renderNotice(kind, language, {
        ...facts,
        shownAt: notice.createdAt,
        certificates: certificates.map(listed),
      });
  }
}

const revoked = (certificate: Certificate) => {
  const { state } = certificate;
  if (state.status !== "revoked") return [];
  return [{ ...listed(certificate), reason: state.revocationReason, revokedAt: state.revokedAt }];
};

/** A file's end in words; its causes in the reader's language. */
function importFacts({ import: report, language, noticeId }: Notice, adminUrl: string) {
  if (report === undefined) throw new Error(`notice ${noticeId} tells of no file`);
  const { jobId, operation, fileName, bulkDownload, on, rows, counts, causes, errors } = report;
  return {
    fileName,
    bulkDownload,
    on,
    rows,
    ...counts,
    errors,
    causes: causes.map((cause) => importErrorLine(cause, operation, language)),
    importUrl: `${adminUrl}#/imports/${jobId}`,
  };
}

const listed = (certificate: Certificate) => ({
  name: holderName(certificate),
  commonName: certificate.subject.commonName,
  serialNumber: certificate.serialNumber,
  certificateEmail: certificate.certificateEmail,
  device: certificate.device,
  notAfter: certificate.notAfter,
});
