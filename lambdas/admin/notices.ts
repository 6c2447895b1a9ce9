import type { Certificates } from "../certificates/certificate.ts";
import type { AdminRoutes } from "../contract/admin.ts";
import type { SentNotice } from "../contract/shapes.ts";
import type { AdministratorCaller } from "../http/administrator.ts";
import type { Handlers } from "../http/serve.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import { type ResendContext, resendNotices } from "../notices/resend.ts";
import { Refusal } from "../refusal.ts";
import type { Tenants } from "../registry/tenant.ts";
import { selectionResults } from "./selection-results.ts";

export type NoticesContext = {
  readonly certificates: Pick<Certificates, "find">;
  readonly notices: Pick<Notices, "listOf">;
};

type NoticeRoutes = Pick<AdminRoutes, "listCertificateNotices" | "resendNotices">;

/** What the admin site answers about the mails to subscribers; an administrator's are the operator's to resend. */
export const noticeHandlers = (
  context: NoticesContext & ResendContext & { readonly tenants: Pick<Tenants, "findService"> },
): Handlers<NoticeRoutes, AdministratorCaller> => ({
  listCertificateNotices: ({ caller, params }) =>
    listNotices(context, { tenantId: caller.tenant.tenantId, certificateId: params.certificateId }),
  resendNotices: async ({ caller, params: { serviceId }, body: { certificateIds }, language }) => {
    const { tenantId } = caller.tenant;
    if ((await context.tenants.findService(tenantId, serviceId)) === undefined) throw new Refusal("notFound");
    const of = { kind: "subscriber", serviceId } as const;
    const request = { tenantId, actId: caller.idempotencyId, of, certificateIds, actor: caller.actor };
    const results = await resendNotices(context, request, (all) => caller.remember(selectionResults(all, language)));
    return selectionResults(results, language);
  },
});

/** The mails that went to a subscriber about a certificate, newest first. */
export async function listNotices(
  context: NoticesContext,
  certificate: { readonly tenantId: string; readonly certificateId: string },
): Promise<{ notices: SentNotice[] }> {
  const found = await context.certificates.find(certificate.tenantId, certificate.certificateId);
  if (found?.holder.kind !== "subscriber") throw new Refusal("notFound");
  return { notices: (await context.notices.listOf(certificate)).map(noticeView) };
}

const noticeView = ({ to, kinds, createdAt, sentAt, holder }: Notice): SentNotice => ({
  to,
  mails: kinds.filter((kind) => kind === "subscriber-download" || kind === "subscriber-credential"),
  requestedAt: createdAt,
  ...(sentAt === undefined ? {} : { sentAt }),
  resent: holder?.resent === true,
});
