import type { Actor } from "../transaction/audit.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import type { Notice } from "../notices/notice.ts";
import { noticesToAdministrators } from "../notices/to-administrators.ts";
import { Refusal } from "../refusal.ts";
import type { Write } from "../transaction/write.ts";
import { liveCertificate, type RevokeContext } from "./revoke.ts";

export type PlanContext = Pick<
  RevokeContext,
  "now" | "random" | "commit" | "certificates" | "administrators" | "notices" | "audit"
>;

export type PlanRequest = {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly reason: RevocationReason;
  /** 0:00 JST of the day (`revocation-day.ts`). */
  readonly at: Date;
  readonly actor: Actor;
  /** No notice of its own: that of a job tells of many at once. */
  readonly silent?: boolean;
};

export type Planned = { readonly certificate: Certificate; readonly notices: readonly Notice[] };

/**
 * Plans the revocation of a live certificate, or changes the day and reason of a planned one: row,
 * notices and audit in one transaction. Of two who change the same plan at once, the later is refused.
 */
export async function scheduleRevocation(
  context: PlanContext,
  order: PlanRequest,
  also: (planned: Planned) => readonly Write[] = () => [],
): Promise<Planned> {
  const { tenantId, certificateId, reason, at, actor } = order;
  const certificate = await liveCertificate(context, order);
  const before = certificate.revokeOn;
  const now = context.now();
  const plan = { at: at.toISOString(), reason, actor, plannedAt: now.toISOString() };
  const act = {
    tenantId,
    kind: "revocation-planned",
    certificateIds: [certificateId],
    actor,
    at: now,
    told: () => ({ on: plan.at, reason }),
  } as const;
  const notices = order.silent === true ? [] : await noticesToAdministrators(context, act);
  const planned = { certificate: { ...certificate, revokeOn: plan }, notices };
  await context.commit([
    ...also(planned),
    context.certificates.planRevocation(certificate, plan),
    ...notices.map((notice) => context.notices.addNotice(notice)),
    context.audit.record({
      tenantId,
      at: now,
      actor,
      action: before === undefined ? "certificate.planRevocation" : "certificate.changeRevocation",
      subject: certificateId,
      facts: { reason, on: plan.at, ...(before === undefined ? {} : { before: before.at }) },
    }),
  ]);
  return planned;
}

/** Cancels a planned revocation: the certificate goes on as if it had never been planned, and the administrators hear of it. */
export async function cancelRevocation(
  context: PlanContext,
  order: Pick<PlanRequest, "tenantId" | "certificateId" | "actor">,
  also: (cancelled: Planned) => readonly Write[] = () => [],
): Promise<Planned> {
  const { tenantId, certificateId, actor } = order;
  const certificate = await liveCertificate(context, order);
  const { revokeOn, ...without } = certificate;
  if (revokeOn === undefined) throw new Refusal("revocationNotPlanned");
  const now = context.now();
  const notices = await noticesToAdministrators(context, {
    tenantId,
    kind: "revocation-cancelled",
    certificateIds: [certificateId],
    actor,
    at: now,
    told: () => ({ plannedFor: { [certificateId]: revokeOn.at } }),
  });
  const cancelled = { certificate: without, notices };
  await context.commit([
    ...also(cancelled),
    context.certificates.cancelRevocation({ ...without, revokeOn }),
    ...notices.map((notice) => context.notices.addNotice(notice)),
    context.audit.record({
      tenantId,
      at: now,
      actor,
      action: "certificate.cancelRevocation",
      subject: certificateId,
      facts: { on: revokeOn.at },
    }),
  ]);
  return cancelled;
}
