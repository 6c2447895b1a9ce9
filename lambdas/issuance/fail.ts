import type { Ports } from "../certificates/ports.ts";
import type { Actor } from "../transaction/audit.ts";
import type { Certificate } from "../certificates/certificate.ts";
import type { FailureCode } from "../contract/failures.ts";
import { licenceReleaseWrites } from "../registry/licences.ts";
import { committed } from "../transaction/write.ts";
import type { EndOrder } from "./end-order.ts";

type FailContext = Pick<
  Ports,
  "now" | "commit" | "certificates" | "materials" | "subscribers" | "tenants" | "audit"
> & { readonly endOrder: EndOrder };

/** Ends an issuance that cannot succeed: its serial is retired, its licence is free again. */
export async function fail(
  context: FailContext,
  certificate: Certificate,
  { error: code, detail }: { readonly error: FailureCode; readonly detail?: string },
  actor: Actor,
): Promise<void> {
  const { tenantId, certificateId, holder } = certificate;
  // Where another call has issued the certificate or ended it, that result holds.
  await committed(
    context.commit([
      context.certificates.move(certificate, ["issuing"], {
        status: "failed",
        error: code,
        ...(detail === undefined ? {} : { detail }),
      }),
      context.materials.retire(tenantId, certificateId),
      ...licenceReleaseWrites(context, certificate),
      ...context.endOrder(certificate, { status: "failed", error: code }),
      context.audit.record({
        tenantId,
        at: context.now(),
        actor,
        action: "certificate.fail",
        subject: certificateId,
        facts: { reason: code, ...(detail === undefined ? {} : { detail }), holder: holder.kind },
      }),
    ]),
  );
}
