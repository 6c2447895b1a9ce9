import { compareSerials } from "./crl-entry-der.ts";

/**
 * Indexes of entries in ascending order of their serial numbers. The length and the first 27 bits of the number are sorted
 * natively together with the index, which decides nearly all; only numbers that begin alike are compared whole.
 */
export function ascending(der: Uint8Array, starts: Uint32Array): Uint32Array {
  const keys = new BigUint64Array(starts.length);
  // The halves of each key as this machine keeps them: every one that Node.js runs on has the low half first.
  const halves = new Uint32Array(keys.buffer);
  for (let at = 0; at < starts.length; at += 1) {
    halves[2 * at] = at;
    halves[2 * at + 1] = beginning(der, starts[at] ?? 0);
  }
  keys.sort();
  const order = new Uint32Array(starts.length);
  let alike = 0;
  for (let at = 0; at < starts.length; at += 1) {
    order[at] = halves[2 * at] ?? 0;
    if (halves[2 * at + 1] === halves[2 * alike + 1]) continue;
    sortWhole(order.subarray(alike, at));
    alike = at;
  }
  sortWhole(order.subarray(alike));
  return order;

  function sortWhole(some: Uint32Array): void {
    if (some.length > 1) some.sort((one, two) => compareSerials(der, starts[one] ?? 0, der, starts[two] ?? 0));
  }
}

/** The number of octets (1 to 21), then 27 bits. */
function beginning(der: Uint8Array, start: number): number {
  const octet = (at: number) => der[start + at] ?? 0;
  return octet(3) * 2 ** 27 + (octet(4) * 2 ** 19 + octet(5) * 2 ** 11 + octet(6) * 2 ** 3 + (octet(7) >> 5));
}
