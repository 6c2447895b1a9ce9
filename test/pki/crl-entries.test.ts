import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packed, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { serialValue } from "../../lambdas/pki/serial.ts";
import { crlEntry } from "./crl-entries.ts";

/** Serial numbers that begin alike, which the native sort cannot tell apart, beside those of any length. */
const entries = fc.uniqueArray(
  fc.oneof(
    crlEntry,
    fc.record({
      serialNumber: fc.integer({ min: 0, max: 500 }).map((end) => `10${end.toString(16).padStart(30, "0")}`),
      revokedAt: fc.constant(new Date("2026-05-01T00:00:00Z")),
      reason: fc.constant("superseded" as const),
    }),
  ),
  { maxLength: 300, selector: ({ serialNumber }) => serialNumber },
);

describe("packed", () => {
  it("holds what was added, ascending by the numbers' values", () => {
    fc.assert(
      fc.property(entries, (added) => {
        const pack = packed(added);
        const sorted = added.toSorted((a, b) => (serialValue(a.serialNumber) < serialValue(b.serialNumber) ? -1 : 1));
        expect([...unpacked(pack)]).toEqual(sorted);
        expect([pack.count, ...pack.revokedAt]).toEqual([sorted.length, ...sorted.map((one) => +one.revokedAt)]);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps the end that the ledger knows, and knows that a list has none", () => {
    const one = { serialNumber: "22", revokedAt: new Date(0), reason: undefined };
    const [end] = packed([{ ...one, notAfter: new Date(5) }]).notAfter;
    expect([end, ...packed([one]).notAfter]).toEqual([5, Number.POSITIVE_INFINITY]);
  });
});
