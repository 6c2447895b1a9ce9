import type { Certificate } from "../certificates/certificate.ts";
import type { FailureCode } from "../contract/failures.ts";
import type { Write } from "../transaction/write.ts";

export type IssuanceEnd =
  | { readonly status: "issued"; readonly der: Uint8Array }
  | { readonly status: "failed"; readonly error: FailureCode };

/**
 * Ends what ordered a certificate, in the transaction that ends its issuance: the row of a file is done, the administrator
 * is admitted. No writes where nothing waits for it.
 */
export type EndOrder = (certificate: Certificate, end: IssuanceEnd) => readonly Write[];
