import type { Issuer } from "../certificates/certificate.ts";
import { rowOf } from "../certificates/present.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import { revoke, type RevokeContext, type RevokeOrder } from "./revoke.ts";

export type RevokeAndPublishContext = RevokeContext & {
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
};

/** Revokes a subscriber's certificate, asks for the CRL, and sends the notices. */
export async function revokeAndPublish(
  context: RevokeAndPublishContext,
  order: RevokeOrder,
  remember: (reply: CertificateRow) => readonly Write[],
): Promise<CertificateRow> {
  const found = await context.certificates.find(order.tenantId, order.certificateId);
  // An administrator's certificate is the operator's to revoke: here it does not exist.
  if (found?.holder.kind !== "subscriber") throw new Refusal("notFound");
  const revoked = await revoke(context, order, (made) => remember(rowOf(made.certificate)));
  await context.sendPublication(revoked.issuer, "revocation");
  for (const notice of revoked.notices) await context.sendNotice(notice.tenantId, notice.noticeId);
  return rowOf(revoked.certificate);
}
