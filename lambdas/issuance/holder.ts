import type { Certificate } from "../certificates/certificate.ts";
import type { Administrators } from "../registry/administrator.ts";

/** Whether it is for an administrator who is revoked by now: it must not be issued any more. */
export async function holderRevoked(
  { administrators }: { readonly administrators: Pick<Administrators, "findAdministrator"> },
  { tenantId, holder }: Certificate,
): Promise<boolean> {
  if (holder.kind !== "administrator") return false;
  return (await administrators.findAdministrator(tenantId, holder.administratorId))?.status === "revoked";
}
