import type { Certificate } from "../certificates/certificate.ts";
import type { LeafPolicies } from "../pki/issuance.ts";
import { tenantArcs } from "../registry/policy.ts";

type Of = Pick<Certificate, "issuer" | "tenantId">;

/**
 * What a certificate's policies say beside the provider's own. A company's servers may let in by its identifier, so a
 * subscriber has it and an administrator, whose certificate opens the admin site alone, does not. The order's digest covers
 * issuer and tenant, from which it follows.
 */
export const leafPolicies = ({ issuer, tenantId }: Of): LeafPolicies => ({
  tenantArcs: issuer === "subscribers" ? tenantArcs(tenantId) : undefined,
});

/** A certificate's policies, dotted; none where the provider has none. */
export function policiesOf(policy: string | undefined, certificate: Of): readonly string[] {
  if (policy === undefined) return [];
  const { tenantArcs: below } = leafPolicies(certificate);
  return below === undefined ? [policy] : [policy, `${policy}.${below}`];
}
