import type { RevocationReason } from "../contract/shapes.ts";
import type { Write } from "../transaction/write.ts";
import type { Issuer } from "./certificate.ts";

/** A revocation as the CRL will say it. */
export type LedgerEntry = {
  readonly issuer: Issuer;
  readonly serialNumber: string;
  readonly revokedAt: string;
  readonly reason: RevocationReason;
  readonly notAfter: string;
};

export type Ledger = {
  add(entry: LedgerEntry): Write;
  /** Every entry, or those since an instant; consistent. For a few: `each` keeps none. */
  read(issuer: Issuer, since?: string): Promise<readonly LedgerEntry[]>;
  /** The same, given one by one as they are read, in no order. */
  each(issuer: Issuer, since: string | undefined, take: (entry: Omit<LedgerEntry, "issuer">) => void): Promise<void>;
};
