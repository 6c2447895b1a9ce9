import type { Certificate, State } from "../certificates/certificate.ts";
import type { Material } from "../certificates/material.ts";
import { Refusal } from "../refusal.ts";

/** A certificate that its holder can download now, with the sealed parts of its file. */
export type Downloadable = {
  readonly certificate: Certificate & {
    readonly state: Extract<State, { readonly status: "issued" | "downloaded" }>;
  };
  readonly sealedKey: Uint8Array;
  readonly sealedPassword: Uint8Array;
};

/**
 * Refuses a certificate that can no longer be downloaded, with the reason. For those alone who have proven that it is
 * theirs, by its password or by their mail's token. Throws an Error for one that was never issued.
 */
export function downloadable(certificate: Certificate, material: Material | undefined, now: Date): Downloadable {
  const { state } = certificate;
  if (state.status === "revoked") throw new Refusal("certificateRevoked");
  if (state.status !== "issued" && state.status !== "downloaded")
    throw new Error(`${certificate.certificateId} has a credential, but is ${state.status}`);
  if (expired(certificate, now)) throw new Refusal("certificateExpired");
  if (material?.sealedKey === undefined || material.sealedPassword === undefined) throw new Refusal("keyDestroyed");
  const { sealedKey, sealedPassword } = material;
  return { certificate: { ...certificate, state }, sealedKey, sealedPassword };
}

/** The last second still counts: notAfter is inclusive (RFC 5280 §4.1.2.5). */
const expired = ({ notAfter }: Certificate, now: Date): boolean => now.getTime() >= Date.parse(notAfter) + 1000;
