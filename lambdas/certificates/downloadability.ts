import type { Certificate, State } from "./certificate.ts";
import type { Material } from "./material.ts";

/** A certificate that its holder can download now, with the sealed parts of its file. */
export type Downloadable = {
  readonly certificate: Certificate & {
    readonly state: Extract<State, { readonly status: "issued" | "downloaded" }>;
  };
  readonly sealedKey: Uint8Array;
  readonly sealedPassword: Uint8Array;
};

/** Why a certificate cannot be downloaded. */
export type Obstacle = "issuing" | "failed" | "revoked" | "expired" | "keyDestroyed";

/** Whether a certificate can be downloaded now, or why not. */
export function downloadability(
  certificate: Certificate,
  material: Material | undefined,
  now: Date,
): Downloadable | { readonly obstacle: Obstacle } {
  const { state } = certificate;
  if (state.status !== "issued" && state.status !== "downloaded") return { obstacle: state.status };
  if (expired(certificate, now)) return { obstacle: "expired" };
  if (material?.sealedKey === undefined || material.sealedPassword === undefined) return { obstacle: "keyDestroyed" };
  const { sealedKey, sealedPassword } = material;
  return { certificate: { ...certificate, state }, sealedKey, sealedPassword };
}

/** The last second still counts: notAfter is inclusive (RFC 5280 §4.1.2.5). */
const expired = ({ notAfter }: Certificate, now: Date): boolean => now.getTime() >= Date.parse(notAfter) + 1000;
