import { randomBytes } from "node:crypto";
import { tokenHash } from "../access/login.ts";
import type { Access } from "../access/access.ts";
import type { Certificate, Certificates } from "../certificates/certificate.ts";
import type { Tenants } from "../registry/tenant.ts";
import { type Notice, noticeDays, type Notices } from "./notice.ts";
import { letterOf } from "./letter.ts";

export type SendContext = {
  readonly now: () => Date;
  readonly brand: string;
  readonly adminUrl: string;
  readonly downloadUrl: string;
  readonly sender: string;
  readonly access: Access;
  readonly certificates: Certificates;
  readonly tenants: Tenants;
  readonly notices: Notices;
  readonly mail: (letter: {
    readonly from: { readonly name: string; readonly address: string };
    readonly to: { readonly name: string; readonly address: string };
    readonly subject: string;
    readonly text: string;
    readonly html: string;
  }) => Promise<void>;
};

const day = 86_400_000;

/**
 * Sends one notice. A credential mail's token is minted here, kept as a hash first, and stands
 * nowhere else: a repeated message mints another one on the same notice.
 */
export async function sendNotice(context: SendContext, tenantId: string, noticeId: string): Promise<void> {
  const notice = await context.notices.findNotice(tenantId, noticeId);
  if (notice === undefined || notice.sentAt !== undefined) return;
  const [tenant, ...found] = await Promise.all([
    context.tenants.findTenant(tenantId),
    ...notice.certificateIds.map((id) => context.certificates.find(tenantId, id)),
  ]);
  const certificates = found.filter((one): one is Certificate => one !== undefined);
  if (tenant === undefined) throw new Error(`notice ${noticeId} belongs to a tenant that does not exist`);
  const noticeUrl = await linkOf(context, notice, certificates[0]);
  const { subject, text, html } = letterOf(context, { notice, tenant, certificates, noticeUrl });
  await context.mail({
    from: { name: context.brand, address: context.sender },
    to: { name: notice.recipient, address: notice.to },
    subject,
    text,
    html,
  });
  await context.notices.markSent(notice, context.now());
}

/** The page that shows ID and password, for the mails that lead there. */
async function linkOf(
  context: SendContext,
  notice: Notice,
  certificate: Certificate | undefined,
): Promise<string | undefined> {
  if (!notice.kind.endsWith("-credential") || certificate === undefined) return undefined;
  const token = randomBytes(24).toString("base64url");
  const until = new Date(context.now().getTime() + noticeDays * day).toISOString();
  const { tenantId, certificateId } = certificate;
  await context.access.addLink(tokenHash(token), { tenantId, certificateId, until });
  // In the fragment: it is sent to no server, so it stands in no log and no Referer.
  return `${context.downloadUrl}notice#${token}`;
}
