/** What the next CRL must list, and the last check before it replaces the published one. */
import { readAuthority } from "./certificate.ts";
import { bySerial, inOrder, type CrlEntry } from "./crl-entry.ts";
import { readCrl, type Crl } from "./crl-reader.ts";
import { ProfileError } from "./profile-error.ts";
import { isSignedBy } from "./signature.ts";

/**
 * An entry is removed only after a CRL has listed it whose thisUpdate is later than the certificate's end (RFC 5280 §3.3).
 * A revocation that is recorded while that CRL is being built appears on the next one, so the end counts as this much later.
 */
const GRACE_MS = 60 * 60 * 1000;

export type NextEntriesOrder = {
  /** All revoked certificates of the authority, including those that have ended. An entry that the ledger no longer has stays on the list. */
  readonly ledger: readonly CrlEntry[];
  /** The CRL that is published now. */
  readonly published: Pick<Crl, "thisUpdate" | "entries"> | undefined;
  readonly thisUpdate: Date;
};

/**
 * Entries of the next CRL, ascending by serial number: the union of the ledger and of what is published, without those whose certificates had ended
 * (and whose revocation was done) well before the published CRL was signed. An entry that only the published CRL has
 * stays, because its end is unknown. The ledger wins where both have a serial number.
 */
export function nextEntries({ ledger, published, thisUpdate }: NextEntriesOrder): CrlEntry[] {
  const shownUntil =
    published === undefined
      ? Number.NEGATIVE_INFINITY
      : Math.min(published.thisUpdate.getTime(), thisUpdate.getTime()) - GRACE_MS;
  const entries: CrlEntry[] = [];
  const shown = published?.entries ?? [];
  let next = 0;
  let before: CrlEntry | undefined;
  // both lists ascend, so one pass merges them; sets of 100,000 strings would cost more than building the list
  for (const entry of inOrder(ledger)) {
    if (before?.serialNumber === entry.serialNumber) {
      throw new ProfileError(
        "duplicate",
        `the ledger has the serial number ${entry.serialNumber} twice; keep the earlier revocation`,
      );
    }
    before = entry;
    for (let other = shown[next]; other !== undefined && bySerial(other, entry) <= 0; other = shown[next]) {
      if (other.serialNumber !== entry.serialNumber) entries.push(other);
      next += 1;
    }
    if (staysAfter(entry, shownUntil)) entries.push(entry);
  }
  return entries.concat(shown.slice(next));
}

const staysAfter = ({ notAfter, revokedAt }: CrlEntry, shownUntil: number): boolean =>
  notAfter === undefined || notAfter.getTime() >= shownUntil || revokedAt.getTime() >= shownUntil;

/**
 * Reads the bytes that are to be published and returns the list. Throws ProfileError: `signature` (not the issuer's),
 * `number` (does not rise), `missing` (a required entry is absent), `published` (the published one is not the issuer's).
 */
export function checkPublication(
  candidateDer: Uint8Array,
  publishedDer: Uint8Array | undefined,
  ledger: readonly CrlEntry[],
  issuerCertificate: Uint8Array,
): Crl {
  const candidate = readPublishedCrl(candidateDer, issuerCertificate, "signature");
  const published =
    publishedDer === undefined ? undefined : readPublishedCrl(publishedDer, issuerCertificate, "published");
  if (published !== undefined && candidate.number <= published.number) {
    throw new ProfileError(
      "number",
      `CRL ${candidate.number} does not come after the published ${published.number}; build it again with a higher number`,
    );
  }
  const missing = absentFrom(candidate.entries, nextEntries({ ledger, published, thisUpdate: candidate.thisUpdate }));
  if (missing.length > 0) {
    const some = missing.slice(0, 3).map((entry) => entry.serialNumber);
    throw new ProfileError(
      "missing",
      `${missing.length} revoked certificates are not on CRL ${candidate.number} (${some.join(", ")}); build it again from the ledger`,
    );
  }
  return candidate;
}

/**
 * Revocations that were done before an instant and that a published CRL lacks. Certificates that had ended at its
 * thisUpdate do not count: they may have been removed.
 */
export function missingFrom(
  crl: Pick<Crl, "thisUpdate" | "entries">,
  ledger: readonly CrlEntry[],
  doneBefore: Date,
): readonly CrlEntry[] {
  const wanted = inOrder(ledger).filter(
    ({ revokedAt, notAfter }) => revokedAt < doneBefore && (notAfter === undefined || notAfter >= crl.thisUpdate),
  );
  return absentFrom(crl.entries, wanted);
}

/** Those of `wanted` whose serial number is not in `listed`; both ascend. */
function absentFrom(listed: readonly CrlEntry[], wanted: readonly CrlEntry[]): CrlEntry[] {
  let at = 0;
  return wanted.filter((entry) => {
    for (let other = listed[at]; other !== undefined && bySerial(other, entry) < 0; other = listed[at]) at += 1;
    return listed[at]?.serialNumber !== entry.serialNumber;
  });
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
