import type { Certificate, PlannedRevocation } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import type { Of } from "../certificates/selected.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../transaction/audit.ts";
import { committed, type Write } from "../transaction/write.ts";
import { type Live, liveCertificate } from "./revoke.ts";

export type PlanContext = Pick<Ports, "now" | "commit" | "certificates" | "plans" | "audit">;

export type PlanRequest = {
  readonly tenantId: string;
  readonly certificateId: string;
  readonly of?: Of;
  readonly reason: RevocationReason;
  /** 0:00 JST of the day (`revocation-day.ts`). */
  readonly at: Date;
  readonly actor: Actor;
};

export type Planned = {
  readonly certificate: Certificate;
  /** False where that very plan had been made before. */
  readonly changed: boolean;
};

/**
 * Plans the revocation of a live certificate, or changes the day and reason of a planned one: row and audit in one
 * transaction, with `also`. The same plan again is no change: nothing but `also` is written. Of two that make different
 * plans simultaneously, the later is refused.
 */
export async function scheduleRevocation(
  context: PlanContext,
  request: PlanRequest,
  also: (planned: Planned) => readonly Write[] = () => [],
): Promise<Planned> {
  const { tenantId, certificateId, reason, at, actor } = request;
  const unchanged = async (certificate: Live): Promise<Planned> => {
    const same = { certificate, changed: false };
    const writes = also(same);
    if (writes.length > 0) await context.commit(writes);
    return same;
  };
  const certificate = await liveCertificate(context, request);
  if (isPlanned(certificate, request)) return unchanged(certificate);
  const before = certificate.revokeOn;
  const now = context.now();
  const plan = { at: at.toISOString(), reason, actor, plannedAt: now.toISOString() };
  const planned = { certificate: { ...certificate, revokeOn: plan }, changed: true };
  const done = await committed(
    context.commit([
      ...also(planned),
      context.plans.plan(certificate, plan),
      context.audit.record({
        tenantId,
        at: now,
        actor,
        action: before === undefined ? "certificate.planRevocation" : "certificate.changeRevocation",
        subject: certificateId,
        facts: { reason, on: plan.at, ...(before === undefined ? {} : { before: before.at }) },
      }),
    ]),
  );
  if (done) return planned;
  // What another call has made of it meanwhile may be this very plan.
  const current = await liveCertificate(context, request);
  if (isPlanned(current, request)) return unchanged(current);
  throw new Refusal("changedMeanwhile");
}

const isPlanned = ({ revokeOn }: Certificate, { at, reason }: PlanRequest): boolean =>
  revokeOn?.at === at.toISOString() && revokeOn.reason === reason;

export type Cancelled = { readonly certificate: Certificate; readonly ended: PlannedRevocation };

/** Cancels a planned revocation, with `also` in its transaction: the certificate goes on as if it had never been planned. */
export async function cancelRevocation(
  context: PlanContext,
  request: Pick<PlanRequest, "tenantId" | "certificateId" | "of" | "actor">,
  also: (cancelled: Cancelled) => readonly Write[] = () => [],
): Promise<Cancelled> {
  const { tenantId, certificateId, actor } = request;
  const certificate = await liveCertificate(context, request);
  const { revokeOn, ...unplanned } = certificate;
  if (revokeOn === undefined) throw new Refusal("revocationNotPlanned");
  const cancelled = { certificate: unplanned, ended: revokeOn };
  await context.commit([
    ...also(cancelled),
    context.plans.cancel({ ...unplanned, revokeOn }),
    context.audit.record({
      tenantId,
      at: context.now(),
      actor,
      action: "certificate.cancelRevocation",
      subject: certificateId,
      facts: { on: revokeOn.at },
    }),
  ]);
  return cancelled;
}
