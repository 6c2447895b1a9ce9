import type { Issuer } from "../certificates/certificate.ts";
import { certificateView } from "../certificates/view.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import type { Notice } from "../notices/notice.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import { cancelRevocation, type PlanRequest, scheduleRevocation } from "../revocation/plan.ts";
import { revocationDay } from "../revocation/revocation-day.ts";
import { revoke, type RevokeContext, type RevokeRequest } from "../revocation/revoke.ts";

export type RevokeAndPublishContext = RevokeContext & {
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
};

type Remember = (reply: CertificateRow) => readonly Write[];
type Which = Pick<PlanRequest, "tenantId" | "certificateId" | "actor">;

/** Revokes a subscriber's certificate now, or plans it for the day `on` (`yyyy/mm/dd`); asks for the CRL, and sends the notices. */
export async function revokeAndPublish(
  context: RevokeAndPublishContext,
  { on, ...order }: RevokeRequest & { readonly on?: string | undefined },
  remember: Remember,
): Promise<CertificateRow> {
  await subscribersOwn(context, order);
  if (on !== undefined) {
    const at = revocationDay(on, context.now());
    const planned = await scheduleRevocation(context, { ...order, at }, (made) =>
      remember(certificateView(made.certificate)),
    );
    await sendAll(context, planned.notices);
    return certificateView(planned.certificate);
  }
  const revoked = await revoke(context, order, (made) => remember(certificateView(made.certificate)));
  await context.sendPublication(revoked.issuer, "revocation");
  await sendAll(context, revoked.notices);
  return certificateView(revoked.certificate);
}

/** Cancels the planned revocation of a subscriber's certificate, and sends the notices. */
export async function cancelAndNotify(
  context: RevokeAndPublishContext,
  order: Which,
  remember: Remember,
): Promise<CertificateRow> {
  await subscribersOwn(context, order);
  const cancelled = await cancelRevocation(context, order, (made) => remember(certificateView(made.certificate)));
  await sendAll(context, cancelled.notices);
  return certificateView(cancelled.certificate);
}

/** An administrator's certificate is the operator's to revoke: here it does not exist. */
async function subscribersOwn(context: RevokeAndPublishContext, { tenantId, certificateId }: Which): Promise<void> {
  const found = await context.certificates.find(tenantId, certificateId);
  if (found?.holder.kind !== "subscriber") throw new Refusal("notFound");
}

async function sendAll(context: RevokeAndPublishContext, notices: readonly Notice[]): Promise<void> {
  for (const { tenantId, noticeId } of notices) await context.sendNotice(tenantId, noticeId);
}
