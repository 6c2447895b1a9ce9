import type { Issuer } from "../certificates/certificate.ts";
import { rowOf } from "../certificates/present.ts";
import type { CertificateRow } from "../contract/shapes.ts";
import type { Notice } from "../notices/notice.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import { cancelRevocation, type PlanOrder, scheduleRevocation } from "./plan.ts";
import { revocationDay } from "./revocation-day.ts";
import { revoke, type RevokeContext, type RevokeOrder } from "./revoke.ts";

export type RevokeAndPublishContext = RevokeContext & {
  readonly sendPublication: (issuer: Issuer, reason: string) => Promise<void>;
  readonly sendNotice: (tenantId: string, noticeId: string) => Promise<void>;
};

type Remember = (reply: CertificateRow) => readonly Write[];
type Which = Pick<PlanOrder, "tenantId" | "certificateId" | "actor">;

/** Revokes a subscriber's certificate now, or plans it for the day `on` (`yyyy/mm/dd`); asks for the CRL, and sends the notices. */
export async function revokeAndPublish(
  context: RevokeAndPublishContext,
  { on, ...order }: RevokeOrder & { readonly on?: string | undefined },
  remember: Remember,
): Promise<CertificateRow> {
  await subscribersOwn(context, order);
  if (on !== undefined) {
    const at = revocationDay(on, context.now());
    const planned = await scheduleRevocation(context, { ...order, at }, (made) => remember(rowOf(made.certificate)));
    await sendAll(context, planned.notices);
    return rowOf(planned.certificate);
  }
  const revoked = await revoke(context, order, (made) => remember(rowOf(made.certificate)));
  await context.sendPublication(revoked.issuer, "revocation");
  await sendAll(context, revoked.notices);
  return rowOf(revoked.certificate);
}

/** Cancels the planned revocation of a subscriber's certificate, and sends the notices. */
export async function cancelAndTell(
  context: RevokeAndPublishContext,
  order: Which,
  remember: Remember,
): Promise<CertificateRow> {
  await subscribersOwn(context, order);
  const cancelled = await cancelRevocation(context, order, (made) => remember(rowOf(made.certificate)));
  await sendAll(context, cancelled.notices);
  return rowOf(cancelled.certificate);
}

/** An administrator's certificate is the operator's to revoke: here it does not exist. */
async function subscribersOwn(context: RevokeAndPublishContext, { tenantId, certificateId }: Which): Promise<void> {
  const found = await context.certificates.find(tenantId, certificateId);
  if (found?.holder.kind !== "subscriber") throw new Refusal("notFound");
}

async function sendAll(context: RevokeAndPublishContext, notices: readonly Notice[]): Promise<void> {
  for (const { tenantId, noticeId } of notices) await context.sendNotice(tenantId, noticeId);
}
