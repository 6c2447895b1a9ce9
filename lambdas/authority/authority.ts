import type { Issuer } from "../certificates/certificate.ts";

export const authorityNames = ["root", "subscribers", "administrators"] as const;
export type AuthorityName = "root" | Issuer;

/** A certification authority: its certificate, which is made once and never again. */
export type Authority = { readonly name: AuthorityName; readonly certificate: Uint8Array };

export type Authorities = {
  findAuthority(name: AuthorityName): Promise<Authority | undefined>;
  /** Keeps the authority unless there is one already; returns the one that stands. */
  keepAuthority(authority: Authority): Promise<Authority>;
  /**
   * The next CRL number of the authority, above `above`: each is given out once, and they only rise,
   * also after the counter was restored from an old backup.
   */
  nextCrlNumber(name: AuthorityName, above: number): Promise<number>;
};
