import type { Certificate } from "../certificates/certificate.ts";
import type { Ports } from "../certificates/ports.ts";
import { type ActResult, isOf, type Of } from "../certificates/selected.ts";
import type { RevocationReason } from "../contract/shapes.ts";
import { Refusal } from "../refusal.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Write } from "../transaction/write.ts";
import { type DigestContext, type DigestedAct, type DigestEntry, sendDigest } from "./digest.ts";
import { cancelRevocation, type PlanContext, scheduleRevocation } from "./plan.ts";
import { revoke, type RevokeContext } from "./revoke.ts";

export type ActContext = RevokeContext & PlanContext & DigestContext & Pick<Ports, "sendPublication">;

/** What is to become of the certificates. `at`: 0:00 JST of the day (`revocation-day.ts`). */
export type Change =
  | { readonly kind: "revoke"; readonly reason: RevocationReason }
  | { readonly kind: "plan"; readonly reason: RevocationReason; readonly at: Date }
  | { readonly kind: "cancel" };

export type ActRequest = {
  readonly tenantId: string;
  /** The same for a repetition of the request, and for nothing else. */
  readonly actId: string;
  readonly of: Of;
  readonly certificateIds: readonly string[];
  readonly change: Change;
  readonly actor: Actor;
};

/**
 * Revokes certificates, plans it or cancels the plans: each in a transaction of its own, so that one that is refused stops
 * no other; then asks for the CRL once and sends each administrator one mail that lists what was done. `remember` is
 * committed with that mail. Repeated after it was stopped half-way, it does the rest: what the earlier run did is
 * reported as done, and the mail lists it as well.
 */
export async function carryOut(
  context: ActContext,
  request: ActRequest,
  remember: (results: readonly ActResult[]) => readonly Write[],
): Promise<readonly ActResult[]> {
  const results: ActResult[] = [];
  // One by one: each changes the service's one count of licences.
  for (const certificateId of new Set(request.certificateIds))
    results.push(await result(context, request, certificateId));
  const issuers = new Set(results.flatMap((one) => (one.outcome === "done" ? one.certificate.issuer : [])));
  if (request.change.kind === "revoke")
    for (const issuer of issuers) await context.sendPublication(issuer, "revocation");
  await sendDigest(context, digestOf(request), remember(results));
  return results;
}

const digestOf = ({ tenantId, actId }: ActRequest) => ({ tenantId, digestId: actId });

async function result(context: ActContext, request: ActRequest, certificateId: string): Promise<ActResult> {
  try {
    return { outcome: "done", certificateId, certificate: await change(context, request, certificateId) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [digest, found] = await Promise.all([
      context.digests.findDigest(digestOf(request)),
      context.certificates.find(request.tenantId, certificateId),
    ]);
    const certificate = found !== undefined && isOf(found, request.of) ? found : undefined;
    // A run of this same request, earlier or simultaneous, may have done it.
    const done = digest?.entries.some((entry) => entry.certificateId === certificateId) === true;
    if (done && certificate !== undefined) return { outcome: "done", certificateId, certificate };
    return { outcome: "refused", certificateId, certificate, refusal: error };
  }
}

/** Changes one certificate, and adds it to the act's mail in the same transaction. */
async function change(context: ActContext, request: ActRequest, certificateId: string): Promise<Certificate> {
  const { tenantId, of, actor, change: to } = request;
  const which = { tenantId, certificateId, of, actor };
  const toDigest = (act: DigestedAct, entry: DigestEntry = { certificateId }) => [
    context.digests.addToDigest(digestOf(request), act, [entry], 1, context.now()),
  ];
  switch (to.kind) {
    case "revoke":
      return (await revoke(context, { ...which, reason: to.reason }, () => toDigest({ kind: "revocation", actor })))
        .certificate;
    case "plan": {
      const { reason, at } = to;
      const act: DigestedAct = { kind: "revocation-planned", actor, plan: { on: at.toISOString(), reason } };
      const planned = await scheduleRevocation(context, { ...which, reason, at }, ({ changed }) =>
        changed ? toDigest(act) : [],
      );
      return planned.certificate;
    }
    case "cancel": {
      const act: DigestedAct = { kind: "revocation-cancelled", actor };
      const cancelled = await cancelRevocation(context, which, ({ ended }) =>
        toDigest(act, { certificateId, plannedFor: ended.at }),
      );
      return cancelled.certificate;
    }
  }
}
