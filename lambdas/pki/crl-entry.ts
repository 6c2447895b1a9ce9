/** One revoked certificate as a CRL lists it. */

/** Numbers of RFC 5280 §5.3.1 that are used here; 0 (unspecified) is written by leaving the reason out. */
export const REASON_CODES = {
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
  privilegeWithdrawn: 9,
} as const;

export type RevocationReason = keyof typeof REASON_CODES;

export type CrlEntry = {
  /** Lower-case hex of the octets. */
  readonly serialNumber: string;
  /** When the revocation was done, to the second. */
  readonly revokedAt: Date;
  readonly reason: RevocationReason | undefined;
  /** Last second of the certificate; known to the ledger, not to a CRL. */
  readonly notAfter?: Date | undefined;
};
