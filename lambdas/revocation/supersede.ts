import type { Certificate } from "../certificates/certificate.ts";
import type { Write } from "../transaction/write.ts";
import { isLive, revocationWrites, type RevocationContext } from "./revoke.ts";

/** What revokes the certificates in whose place a new one comes, for the transaction that issues it: never earlier. */
export async function supersedingWrites(
  context: RevocationContext,
  { tenantId, supersedes }: Certificate,
  now: Date,
): Promise<readonly Write[]> {
  if (supersedes === undefined) return [];
  const { certificateIds, actor } = supersedes;
  const found = await Promise.all(certificateIds.map((id) => context.certificates.find(tenantId, id)));
  const revoking = found
    .filter((one) => one !== undefined)
    .filter(isLive)
    .map((live) => revocationWrites(context, live, { reason: "superseded", actor, now }));
  return (await Promise.all(revoking)).flatMap(({ writes }) => writes);
}
