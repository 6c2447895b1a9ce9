/** What the next CRL must list, and the last check before it replaces the published one. */
import { readAuthority } from "./certificate.ts";
import { afterEntry, noEntries, type CrlEntries, type Revocations } from "./crl-entries.ts";
import { compareSerials, entryAt } from "./crl-entry-der.ts";
import { readCrl, type Crl } from "./crl-reader.ts";
import { ProfileError } from "./profile-error.ts";
import { isSignedBy } from "./signature.ts";

/**
 * An entry is removed only after a CRL has listed it whose thisUpdate is later than the certificate's end (RFC 5280 §3.3).
 * A revocation that is recorded while that CRL is being built appears on the next one, so the end counts as this much later.
 */
const GRACE_MS = 60 * 60 * 1000;

export type NextEntriesOrder = {
  /**
   * What was read of the authority's ledger, including certificates that have ended, in readings that may overlap. An
   * entry that is in none of them stays on the list.
   */
  readonly ledger: readonly Revocations[];
  /** The CRL that is published now. */
  readonly published: Pick<Crl, "thisUpdate" | "entries"> | undefined;
  readonly thisUpdate: Date;
};

/**
 * Entries of the next CRL: the union of the ledger and of what is published, without those whose certificates had ended
 * (and whose revocation was done) well before the published CRL was signed. An entry that only the published CRL has
 * stays, because its end is unknown. The ledger wins where both have a serial number.
 */
export function nextEntries({ ledger, published, thisUpdate }: NextEntriesOrder): CrlEntries {
  const shownUntil =
    published === undefined
      ? Number.NEGATIVE_INFINITY
      : Math.min(published.thisUpdate.getTime(), thisUpdate.getTime()) - GRACE_MS;
  return ledger.reduce((list, read) => merged(list, read, shownUntil), published?.entries ?? noEntries);
}

/** One pass over both, which ascend. */
function merged(shown: CrlEntries, ledger: Revocations, shownUntil: number): CrlEntries {
  if (ledger.count === 0) return shown;
  const der = Buffer.allocUnsafe(shown.der.length + ledger.der.length);
  let [count, end] = [0, 0];
  // Neighbours of one list are copied in one piece.
  let piece = { source: shown.der, from: 0, until: 0 };
  const take = (source: Buffer, from: number): number => {
    const until = afterEntry(source, from);
    count += 1;
    if (piece.source === source && piece.until === from) {
      piece.until = until;
    } else {
      end += piece.source.copy(der, end, piece.from, piece.until);
      piece = { source, from, until };
    }
    return until;
  };
  let next = 0;
  for (let at = 0, entry = 0; at < ledger.count; at += 1, entry = afterEntry(ledger.der, entry)) {
    let order = 1;
    while (next < shown.der.length && (order = compareSerials(shown.der, next, ledger.der, entry)) < 0)
      next = take(shown.der, next);
    if (next < shown.der.length && order === 0) next = afterEntry(shown.der, next);
    const ended = (ledger.notAfter[at] ?? 0) < shownUntil && (ledger.revokedAt[at] ?? 0) < shownUntil;
    if (!ended) take(ledger.der, entry);
  }
  while (next < shown.der.length) next = take(shown.der, next);
  end += piece.source.copy(der, end, piece.from, piece.until);
  return { der: der.subarray(0, end), count };
}

/**
 * Reads the bytes that are to be published and returns the list. `published` is the list that they follow, read and
 * verified. Throws ProfileError: `signature` (not the issuer's), `number` (does not rise), `missing` (a required entry
 * is absent).
 */
export function checkPublication(
  candidateDer: Uint8Array,
  published: Crl | undefined,
  ledger: readonly Revocations[],
  issuerCertificate: Uint8Array,
): Crl {
  const candidate = readPublishedCrl(candidateDer, issuerCertificate, "signature");
  if (published !== undefined && candidate.number <= published.number) {
    throw new ProfileError(
      "number",
      `CRL ${candidate.number} does not come after the published ${published.number}; build it again with a higher number`,
    );
  }
  const required = nextEntries({ ledger, published, thisUpdate: candidate.thisUpdate });
  const missing = absentFrom(candidate.entries, required);
  if (missing.length > 0) {
    throw new ProfileError(
      "missing",
      `${missing.length} revoked certificates are not on CRL ${candidate.number} (${missing.slice(0, 3).join(", ")}); build it again from the ledger`,
    );
  }
  return candidate;
}

/**
 * Serial numbers of revocations that were done before an instant and that a published CRL lacks. Certificates that had
 * ended at its thisUpdate do not count: they may have been removed.
 */
export const missingFrom = (
  { entries, thisUpdate }: Pick<Crl, "thisUpdate" | "entries">,
  ledger: Revocations,
  doneBefore: Date,
): readonly string[] =>
  absentFrom(
    entries,
    ledger,
    (at) => (ledger.revokedAt[at] ?? 0) < doneBefore.getTime() && (ledger.notAfter[at] ?? 0) >= thisUpdate.getTime(),
  );

/** Serial numbers of `wanted`, of those that count, that are not in `listed`; both ascend. */
function absentFrom(listed: CrlEntries, wanted: CrlEntries, counts: (at: number) => boolean = () => true): string[] {
  const absent: string[] = [];
  let next = 0;
  for (let at = 0, entry = 0; at < wanted.count; at += 1, entry = afterEntry(wanted.der, entry)) {
    let order = 1;
    while (next < listed.der.length && (order = compareSerials(listed.der, next, wanted.der, entry)) < 0)
      next = afterEntry(listed.der, next);
    if ((next >= listed.der.length || order !== 0) && counts(at)) absent.push(entryAt(wanted.der, entry).serialNumber);
  }
  return absent;
}

/** Reads a CRL of the issuer. Throws ProfileError with the given rule if another authority signed it, DerError if it is no CRL. */
export function readPublishedCrl(der: Uint8Array, issuerCertificate: Uint8Array, rule = "published"): Crl {
  const issuer = readAuthority(issuerCertificate);
  const crl = readCrl(der);
  if (
    Buffer.compare(crl.issuerName, issuer.subjectName) !== 0 ||
    crl.authorityKeyId !== issuer.keyId ||
    !isSignedBy(der, issuer.spki)
  ) {
    throw new ProfileError(rule, `CRL ${crl.number} is not signed by ${issuer.subject}`);
  }
  return crl;
}
