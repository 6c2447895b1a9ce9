import type { Certificate } from "../certificates/certificate.ts";
import { downloadability, type Downloadable } from "../certificates/downloadability.ts";
import type { Material } from "../certificates/material.ts";
import { Refusal } from "../refusal.ts";

/**
 * Refuses a certificate that can no longer be downloaded, with the reason. For those alone who have proven that it is
 * theirs, by its password or by their mail's token. Throws an Error for one that was never issued.
 */
export function downloadable(certificate: Certificate, material: Material | undefined, now: Date): Downloadable {
  const found = downloadability(certificate, material, now);
  if (!("obstacle" in found)) return found;
  switch (found.obstacle) {
    case "revoked":
      throw new Refusal("certificateRevoked");
    case "expired":
      throw new Refusal("certificateExpired");
    case "keyDestroyed":
      throw new Refusal("keyDestroyed");
    case "issuing":
    case "failed":
      throw new Error(`${certificate.certificateId} has a credential, but is ${found.obstacle}`);
  }
}
