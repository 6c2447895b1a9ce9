import type { Ports } from "../certificates/ports.ts";
import { readCertificate } from "../pki/certificate.ts";
import type { EndOrder } from "./end-order.ts";

/** An administrator's certificate opens the admin site from the moment that it is issued. */
export const admitHolder =
  (context: Pick<Ports, "administrators" | "admissions">): EndOrder =>
  ({ tenantId, certificateId, holder, notAfter }, end) => {
    if (end.status !== "issued" || holder.kind !== "administrator") return [];
    const { administratorId } = holder;
    const { sha256: fingerprint } = readCertificate(end.der);
    return [
      context.admissions.admit({ fingerprint, tenantId, administratorId, certificateId, notAfter }),
      context.administrators.markAdministrator({ tenantId, administratorId, certificateId }, "active"),
    ];
  };
