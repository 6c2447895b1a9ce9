import type { Refusal } from "../refusal.ts";
import type { Certificate } from "./certificate.ts";

/** Whose certificate is meant: what is not theirs is refused as unknown. */
export type Of = { readonly kind: "subscriber"; readonly serviceId?: string | undefined };

export const isOf = ({ holder }: Certificate, { serviceId }: Of): boolean =>
  holder.kind === "subscriber" && (serviceId === undefined || holder.serviceId === serviceId);

/** How an act went with one of the certificates that it was asked for; the certificate as it is afterwards. */
export type ActResult =
  | { readonly outcome: "done"; readonly certificateId: string; readonly certificate: Certificate }
  | {
      readonly outcome: "refused";
      readonly certificateId: string;
      readonly certificate: Certificate | undefined;
      readonly refusal: Refusal;
    };
