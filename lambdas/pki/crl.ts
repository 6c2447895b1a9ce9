/**
 * Certificate revocation lists, version 2 (RFC 5280 §5), full and without issuing distribution point. Built into one
 * buffer: a list of 100,000 entries is rebuilt and checked within a third of a second.
 */
import { readAuthority } from "./certificate.ts";
import { REASON_CODES, inOrder, type CrlEntry } from "./crl-entry.ts";
import { readCrlHeader } from "./crl-reader.ts";
import { context, headerLength, integer, sequence, tag, time, writeHeader } from "./der.ts";
import { authorityKeyIdentifier, crlNumber, keyIdentifierOf } from "./extensions.ts";
import { ProfileError } from "./profile-error.ts";
import { validFrom } from "./signing-time.ts";
import { signTbs, type DigestSigner } from "./signature.ts";
import { algorithmIdentifier, signatureAlgorithmOf } from "./signature-algorithm.ts";

export type CrlOrder = {
  /** DER of the certificate of the authority that signs. */
  readonly issuerCertificate: Uint8Array;
  /** Above every number that this authority has published. */
  readonly number: number | bigint;
  /** When it is signed; thisUpdate is earlier by the clock tolerance. */
  readonly signedAt: Date;
  /** Milliseconds from thisUpdate to nextUpdate. A verifier may keep the list for this long after it was signed, even if its clock is late. */
  readonly lifetime: number;
  /** In any order; each serial number once. Fractions of a second are cut off. */
  readonly entries: readonly CrlEntry[];
};

/** The DER of a TBSCertList. Throws ProfileError with the rule `next-update`, `serial` or `duplicate`. */
export function crlTbs(order: CrlOrder): Uint8Array {
  const thisUpdate = validFrom(order.signedAt);
  const nextUpdate = new Date(thisUpdate.getTime() + order.lifetime);
  if (nextUpdate <= order.signedAt) {
    throw new ProfileError("next-update", "the list would be out of date when it is signed; give it a longer lifetime");
  }
  const issuer = readAuthority(order.issuerCertificate);
  return sequence(
    integer(1),
    algorithmIdentifier(signatureAlgorithmOf(issuer.spki)),
    issuer.subjectName,
    time(thisUpdate),
    time(nextUpdate),
    // RFC 5280 §5.1.2.6: without revoked certificates the list is absent, not empty
    ...(order.entries.length === 0 ? [] : [revokedCertificates(order.entries)]),
    context(0, sequence(authorityKeyIdentifier(issuer.keyId ?? keyIdentifierOf(issuer.spki)), crlNumber(order.number))),
  );
}

/**
 * Has a TBSCertList signed by its issuer and returns the CRL's DER, read back: TBS byte for byte, signature verified. What is
 * not a TBSCertList of this issuer is refused before the signer is asked. Throws DerError, ProfileError or SignatureError.
 */
export async function signCrl(
  tbs: Uint8Array,
  signer: DigestSigner,
  issuerCertificate: Uint8Array,
): Promise<Uint8Array> {
  const copy = new Uint8Array(tbs);
  const issuer = readAuthority(issuerCertificate);
  if (Buffer.compare(readCrlHeader(copy).issuerName, issuer.subjectName) !== 0) {
    throw new ProfileError(
      "issuer",
      `the list is not one of ${issuer.subject}; give the certificate that it was built with`,
    );
  }
  return signTbs(copy, signer, issuer.spki);
}

/** An entry is at most 2 + 23 (serial number) + 17 (time) + 14 (reason) octets. */
const ENTRY_LIMIT = 56;

/** crlEntryExtensions with the reason code; the last octet is the code. */
const REASON = Buffer.from("300c300a0603551d1504030a0100", "hex");

function revokedCertificates(entries: readonly CrlEntry[]): Uint8Array {
  const content = Buffer.allocUnsafe(entries.length * ENTRY_LIMIT);
  let offset = 0;
  let previous: CrlEntry | undefined;
  const days = new Map<number, Uint8Array>();
  for (const entry of inOrder(entries)) {
    if (previous?.serialNumber === entry.serialNumber) {
      throw new ProfileError(
        "duplicate",
        `the serial number ${entry.serialNumber} appears twice; keep the earlier revocation`,
      );
    }
    previous = entry;
    const start = offset;
    offset = writeSerial(content, start + 2, entry.serialNumber);
    offset = writeTime(content, offset, entry.revokedAt, days);
    if (entry.reason !== undefined) {
      content.set(REASON, offset);
      offset += REASON.length;
      content[offset - 1] = REASON_CODES[entry.reason];
    }
    writeHeader(content, start, tag.sequence, offset - start - 2);
  }
  const der = new Uint8Array(headerLength(offset) + offset);
  der.set(content.subarray(0, offset), writeHeader(der, 0, tag.sequence, offset));
  return der;
}

/** Writes a positive INTEGER from hex; returns the offset behind it. */
function writeSerial(der: Buffer, offset: number, serialNumber: string): number {
  const octets = serialNumber.length / 2;
  if (!/^(?!00)[0-9a-f]{2,40}$/.test(serialNumber) || !Number.isInteger(octets)) {
    throw new ProfileError(
      "serial",
      `${serialNumber} is no serial number: lower-case hex of 1 to 20 octets, none of them leading zeros`,
    );
  }
  const padding = serialNumber >= "8" ? 1 : 0;
  const content = writeHeader(der, offset, tag.integer, octets + padding);
  if (padding === 1) der[content] = 0;
  return content + padding + der.write(serialNumber, content + padding, "hex");
}

const DAY_SECONDS = 86_400;

/** Writes a time; midnight of its day is kept in `days`, so that only the six digits of the clock are formatted for each entry. */
function writeTime(der: Buffer, offset: number, date: Date, days: Map<number, Uint8Array>): number {
  const seconds = Math.floor(date.getTime() / 1000);
  const day = Math.floor(seconds / DAY_SECONDS);
  const midnight = days.get(day) ?? time(new Date(day * DAY_SECONDS * 1000));
  days.set(day, midnight);
  der.set(midnight, offset);
  const end = offset + midnight.length;
  let clock = seconds - day * DAY_SECONDS;
  for (let at = end - 2; at > end - 8; at -= 2) {
    const value = clock % 60;
    der[at] = 0x30 + (value % 10);
    der[at - 1] = 0x30 + Math.floor(value / 10);
    clock = Math.floor(clock / 60);
  }
  return end;
}
