import type { Write } from "../transaction/write.ts";
import type { Certificate, CertificateKey, PlannedRevocation } from "./certificate.ts";

/** Planned revocations. */
export type Plans = {
  /** Plans a revocation, or replaces the plan that the certificate was read with; fails if it is not live or has another plan by now. */
  plan(certificate: Certificate, plan: PlannedRevocation): Write;
  /** Ends the plan that the certificate was read with; fails if it is not live or has another plan, or none, by now. */
  cancel(certificate: Certificate & { readonly revokeOn: PlannedRevocation }): Write;
  /** Certificates whose planned revocation is due at the instant, earliest first. A plan made seconds ago may be missing. */
  listDue(at: string): Promise<readonly CertificateKey[]>;
};
