import type { Ports } from "../certificates/ports.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { FailureCode } from "../contract/failures.ts";
import { licenceReleaseWrites } from "../registry/licences.ts";
import { revocationInstant } from "../revocation/revoke.ts";
import { committed, type Write } from "../transaction/write.ts";
import type { EndOrder } from "./end-order.ts";

type FailContext = Pick<
  Ports,
  "now" | "commit" | "certificates" | "materials" | "ledger" | "subscribers" | "tenants" | "audit" | "sendPublication"
> & { readonly endOrder: EndOrder };

/** A material may be stored meanwhile, once. */
const attempts = 2;

/**
 * Ends an issuance that cannot succeed: its serial is retired, its licence is free again, and nothing of it can be handed
 * out. Of stored material a signature may have been made, or be made this moment, that nobody has received: its
 * serial goes on the CRL, so that a certificate of a failed issuance passes nowhere.
 */
export async function fail(
  context: FailContext,
  certificate: Certificate,
  { error: code, detail }: { readonly error: FailureCode; readonly detail?: string },
  actor: Actor,
): Promise<void> {
  const { tenantId, certificateId, holder, issuer } = certificate;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const now = context.now();
    const stored = (await context.materials.find(tenantId, certificateId)) !== undefined;
    // Where another call has issued the certificate or ended it, that result holds.
    const ended = await committed(
      context.commit([
        context.certificates.move(certificate, ["issuing"], {
          status: "failed",
          error: code,
          ...(detail === undefined ? {} : { detail }),
        }),
        ...(stored ? withdrawal(context, certificate, now) : [context.materials.retire(tenantId, certificateId)]),
        ...licenceReleaseWrites(context, certificate),
        ...context.endOrder(certificate, { status: "failed", error: code }),
        context.audit.record({
          tenantId,
          at: now,
          actor,
          action: "certificate.fail",
          subject: certificateId,
          facts: { reason: code, ...(detail === undefined ? {} : { detail }), holder: holder.kind },
        }),
      ]),
    );
    if (!ended) continue;
    if (stored) await context.sendPublication(issuer, "failure");
    return;
  }
}

function withdrawal(
  context: FailContext,
  { tenantId, certificateId, issuer, serialNumber, notAfter }: Certificate,
  now: Date,
): readonly Write[] {
  const revokedAt = revocationInstant(now);
  return [
    context.materials.destroyKey(tenantId, certificateId, now),
    context.ledger.add({ issuer, serialNumber, revokedAt, reason: "unspecified", notAfter }),
  ];
}
