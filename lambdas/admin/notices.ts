import type { Certificates } from "../certificates/certificate.ts";
import type { SentNotice } from "../contract/shapes.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import { Refusal } from "../refusal.ts";

export type NoticesContext = {
  readonly certificates: Pick<Certificates, "find">;
  readonly notices: Pick<Notices, "listOf">;
};

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
