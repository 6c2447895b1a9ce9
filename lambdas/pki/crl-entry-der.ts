/** The DER of one entry: serial number, time, and the reason or nothing. Entries are compared and copied without decoding. */
import { REASON_CODES, type CrlEntry, type RevocationReason } from "./crl-entry.ts";
import { DerError, asBuffer, clockOf, elementAt, expectTag, timeOf, unsignedHexOf } from "./der-reader.ts";
import { tag, time, writeHeader } from "./der.ts";
import { ProfileError } from "./profile-error.ts";

/** An entry is at most 2 + 23 (serial number) + 17 (time) + 14 (reason) octets. */
export const entryLimit = 56;

/** crlEntryExtensions with the reason code; the last octet is the code. */
const REASON = Buffer.from("300c300a0603551d1504030a0100", "hex");
const reasons: ReadonlyMap<number, RevocationReason> = new Map(
  Object.entries(REASON_CODES).map(([reason, code]) => [code, reason as RevocationReason]),
);

/** Writes an entry and returns the place behind it. `midnights` is kept from entry to entry. Throws ProfileError with the rule `serial`. */
export function writeEntry(der: Buffer, start: number, entry: CrlEntry, midnights: Map<number, Uint8Array>): number {
  let offset = writeSerial(der, start + 2, entry.serialNumber);
  offset = writeTime(der, offset, entry.revokedAt, midnights);
  if (entry.reason !== undefined) {
    der.set(REASON, offset);
    offset += REASON.length;
    der[offset - 1] = REASON_CODES[entry.reason];
  }
  writeHeader(der, start, tag.sequence, offset - start - 2);
  return offset;
}

/**
 * Negative, zero or positive as the serial number of the entry at `one` is smaller than that at `two`, the same or
 * greater: minimal INTEGERs without sign are in the order of their lengths, then of their octets.
 */
export function compareSerials(a: Uint8Array, one: number, b: Uint8Array, two: number): number {
  const length = a[one + 3] ?? 0;
  const difference = length - (b[two + 3] ?? 0);
  if (difference !== 0) return difference;
  for (let at = 4; at < 4 + length; at += 1) {
    const octets = (a[one + at] ?? 0) - (b[two + at] ?? 0);
    if (octets !== 0) return octets;
  }
  return 0;
}

/** Checks the entry that begins at `offset` as strictly as if it was decoded, and returns its end. Throws DerError. */
export function checkEntry(der: Uint8Array, offset: number, limit: number): number {
  const entry = expectTag(elementAt(der, offset, limit), tag.sequence);
  // A longer one has nothing that is written here, and `afterEntry` reads one octet of length.
  if (entry.end - offset > entryLimit) throw new DerError(`an entry of more than ${entryLimit} octets at ${offset}`);
  const serial = expectTag(elementAt(der, entry.content, entry.end), tag.integer);
  const first = der[serial.content] ?? 0;
  const padded = first === 0 && serial.end - serial.content > 1;
  if (serial.content === serial.end || first >= 0x80 || (padded && (der[serial.content + 1] ?? 0) < 0x80))
    throw new DerError(`a serial number that is negative or not minimal at offset ${serial.start}`);
  const revokedAt = elementAt(der, serial.end, entry.end);
  clockOf(der, revokedAt);
  reasonOf(der, revokedAt.end, entry.end);
  return entry.end;
}

/** The entry that begins at `offset`, decoded. Throws DerError. */
export function entryAt(der: Uint8Array, offset: number): CrlEntry {
  const entry = elementAt(der, offset);
  const serial = elementAt(der, entry.content, entry.end);
  const revokedAt = elementAt(der, serial.end, entry.end);
  return {
    serialNumber: unsignedHexOf(asBuffer(der), serial),
    revokedAt: timeOf(der, revokedAt),
    reason: reasonOf(der, revokedAt.end, entry.end),
  };
}

/** The entry's extensions: absent, or the reason code alone. */
function reasonOf(der: Uint8Array, start: number, end: number): RevocationReason | undefined {
  if (start === end) return undefined;
  const code = REASON.length - 1;
  let same = end - start === REASON.length;
  for (let at = 0; same && at < code; at += 1) same = der[start + at] === REASON[at];
  const reason = same ? reasons.get(der[start + code] ?? 0) : undefined;
  if (reason === undefined) throw new DerError(`unknown extensions of a CRL entry at offset ${start}`);
  return reason;
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
