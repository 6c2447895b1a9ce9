/** Arbitrary revocations for property tests. */
import * as fc from "fast-check";
import { REASON_CODES, type CrlEntry, type RevocationReason } from "../../lambdas/pki/crl-entry.ts";

/** Whole seconds between two instants. */
const second = (from: string, to: string): fc.Arbitrary<Date> =>
  fc.integer({ min: Date.parse(from) / 1000, max: Date.parse(to) / 1000 }).map((seconds) => new Date(seconds * 1000));

/** Serial numbers of any length from 1 to 20 octets, the high bit included. */
const serialNumber = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .filter((octets) => octets[0] !== 0)
  .map((octets) => Buffer.from(octets).toString("hex"));

export const reason = fc.constantFrom<RevocationReason | undefined>(
  undefined,
  ...(Object.keys(REASON_CODES) as RevocationReason[]),
);

export const crlEntry: fc.Arbitrary<CrlEntry> = fc.record({
  serialNumber,
  revokedAt: second("2020-01-01T00:00:00Z", "2060-01-01T00:00:00Z"),
  reason,
});
