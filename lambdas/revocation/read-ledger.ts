import type { Issuer } from "../certificates/certificate.ts";
import type { Ledger, LedgerEntry } from "../certificates/ledger.ts";
import { packer, type Revocations } from "../pki/crl-entries.ts";
import type { CrlEntry } from "../pki/crl-entry.ts";

/** An issuer's ledger, or what was revoked since an instant, packed as a CRL has it. */
export async function readRevocations(
  ledger: Pick<Ledger, "each">,
  issuer: Issuer,
  since?: Date,
): Promise<Revocations> {
  const pack = packer();
  await ledger.each(issuer, since?.toISOString(), (entry) => pack.add(entryOf(entry)));
  return pack.packed();
}

/** The CRL entry of a line of the ledger. */
const entryOf = ({ serialNumber, revokedAt, reason, notAfter }: Omit<LedgerEntry, "issuer">): CrlEntry => ({
  serialNumber,
  revokedAt: new Date(revokedAt),
  // RFC 5280 5.3.1: unspecified is said by leaving the reason out.
  reason: reason === "unspecified" ? undefined : reason,
  notAfter: new Date(notAfter),
});
