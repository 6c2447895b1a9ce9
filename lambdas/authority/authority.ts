import type { Issuer } from "../certificates/certificate.ts";

export const authorityNames = ["root", "subscribers", "administrators"] as const;
export type AuthorityName = "root" | Issuer;

/** A certification authority: its certificate is made once. */
export type Authority = { readonly name: AuthorityName; readonly certificate: Uint8Array };

/** The CRL that was last put at an authority's address. */
export type LastCrl = {
  readonly number: number;
  /** The object's, as S3 returned it. */
  readonly etag: string;
  /** When the ledger was last read from its beginning for one of this issuer's lists, ISO 8601; the root has no ledger. */
  readonly wholeAt?: string;
  /** The root's list itself, which is small: only the bootstrap function can sign it again. */
  readonly der?: Uint8Array;
};

export type Authorities = {
  findAuthority(name: AuthorityName): Promise<Authority | undefined>;
  /** Stores the authority unless there is one already; returns the stored one. */
  keepAuthority(authority: Authority): Promise<Authority>;
  /**
   * The next CRL number of the authority, above `above`. Each number is returned once, and numbers only rise, even
   * if the counter is restored from an old backup.
   */
  nextCrlNumber(name: AuthorityName, above: number): Promise<{ readonly number: number; readonly last?: LastCrl }>;
  /** Keeps which list was put. No-op if a list with a higher number is kept. */
  keepLastCrl(name: AuthorityName, last: LastCrl): Promise<void>;
  findLastCrl(name: AuthorityName): Promise<LastCrl | undefined>;
};
