/** Entries of a CRL as their DER, one after another: a million are 40 to 50 MB, and no object each. */
import { compareSerials, entryAt, entryLimit, writeEntry } from "./crl-entry-der.ts";
import type { CrlEntry } from "./crl-entry.ts";
import { ProfileError } from "./profile-error.ts";
import { ascending } from "./serial-order.ts";

/** Ascending by serial number, each once. */
export type CrlEntries = { readonly der: Buffer; readonly count: number };

/** Entries of the ledger: with the times that it alone knows, or that are compared, in ms since 1970 and in the same order. */
export type Revocations = CrlEntries & {
  readonly revokedAt: Float64Array;
  /** Last second of each certificate; infinite where the end is unknown. */
  readonly notAfter: Float64Array;
};

export const noEntries: CrlEntries = { der: Buffer.alloc(0), count: 0 };

/** The place of the entry behind the one at `offset`. */
export const afterEntry = (der: Uint8Array, offset: number): number => offset + 2 + (der[offset + 1] ?? 0);

/** Takes entries in any order and packs them, without keeping the objects. */
export function packer() {
  let der: Buffer = Buffer.allocUnsafe(64 * entryLimit);
  let [starts, revokedAt, notAfter] = [new Uint32Array(64), new Float64Array(64), new Float64Array(64)];
  let [count, end] = [0, 0];
  const midnights = new Map<number, Uint8Array>();
  const grow = (): void => {
    starts = grown(starts, new Uint32Array(2 * count));
    revokedAt = grown(revokedAt, new Float64Array(2 * count));
    notAfter = grown(notAfter, new Float64Array(2 * count));
  };
  return {
    /** Throws ProfileError with the rule `serial`. */
    add(entry: CrlEntry): void {
      if (count === starts.length) grow();
      if (end + entryLimit > der.length) der = grown(der, Buffer.allocUnsafe(2 * der.length));
      starts[count] = end;
      revokedAt[count] = entry.revokedAt.getTime();
      notAfter[count] = entry.notAfter?.getTime() ?? Number.POSITIVE_INFINITY;
      end = writeEntry(der, end, entry, midnights);
      count += 1;
    },
    /** Everything that was added. Throws ProfileError with the rule `duplicate`. */
    packed(): Revocations {
      const order = ascending(der, starts.subarray(0, count));
      const sorted = {
        der: Buffer.allocUnsafe(end),
        revokedAt: new Float64Array(count),
        notAfter: new Float64Array(count),
      };
      let to = 0;
      let before = -1;
      for (let at = 0; at < count; at += 1) {
        const one = order[at] ?? 0;
        const from = starts[one] ?? 0;
        if (before >= 0 && compareSerials(der, before, der, from) === 0) throw twice(der, from);
        before = from;
        to = copyEntry(der, from, sorted.der, to);
        sorted.revokedAt[at] = revokedAt[one] ?? 0;
        sorted.notAfter[at] = notAfter[one] ?? 0;
      }
      return { ...sorted, count };
    },
  };
}

/** These entries, packed. Throws ProfileError with the rule `serial` or `duplicate`. */
export function packed(entries: Iterable<CrlEntry>): Revocations {
  const pack = packer();
  for (const entry of entries) pack.add(entry);
  return pack.packed();
}

/** The entries as objects: for a few, or for one at a time. */
export function* unpacked({ der }: CrlEntries): Generator<CrlEntry> {
  for (let offset = 0; offset < der.length; offset = afterEntry(der, offset)) yield entryAt(der, offset);
}

/** Copies one entry and returns the place behind it. Octet by octet: for so few a call of `copy` costs more. */
function copyEntry(from: Uint8Array, start: number, to: Uint8Array, at: number): number {
  const end = afterEntry(from, start);
  let place = at;
  for (let offset = start; offset < end; offset += 1) to[place++] = from[offset] ?? 0;
  return place;
}

function grown<T extends Uint8Array | Uint32Array | Float64Array>(full: T, larger: T): T {
  larger.set(full);
  return larger;
}

const twice = (der: Buffer, offset: number) =>
  new ProfileError(
    "duplicate",
    `the serial number ${entryAt(der, offset).serialNumber} appears twice; keep the earlier revocation`,
  );
