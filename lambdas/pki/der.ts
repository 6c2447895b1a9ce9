/**
 * Writing DER (X.690 §10): definite, minimal lengths, and no value that the caller did not give.
 * Reading is in `der-reader.ts`.
 */
import { oid } from "./oids.ts";

/** Identifier octets of the types used here. */
export const tag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  printableString: 0x13,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: identifier octet, minimal length, and the parts one after another. */
export function tlv(identifier: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const header = headerLength(length);
  const der = new Uint8Array(header + length);
  let offset = writeHeader(der, 0, identifier, length);
  for (const part of parts) {
    der.set(part, offset);
    offset += part.length;
  }
  return der;
}

/** Identifier and length alone, before content that is too long to be copied once more. */
export function headerOf(identifier: number, length: number): Uint8Array {
  const header = new Uint8Array(headerLength(length));
  writeHeader(header, 0, identifier, length);
  return header;
}

/** Octets that identifier and length take before `length` octets of content. */
function headerLength(length: number): number {
  if (length < 0x80) return 2;
  let octets = 0;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets += 1;
  return 2 + octets;
}

/** Writes identifier and length at `offset`; returns the offset of the content. */
export function writeHeader(der: Uint8Array, offset: number, identifier: number, length: number): number {
  der[offset] = identifier;
  const header = headerLength(length);
  if (header === 2) {
    der[offset + 1] = length;
  } else {
    der[offset + 1] = 0x80 | (header - 2);
    let rest = length;
    for (let at = offset + header - 1; at > offset + 1; at -= 1) {
      der[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
  return offset + header;
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.sequence, ...parts);

/** SET OF: the elements in ascending order of their encodings (X.690 §11.6). */
export const setOf = (...parts: readonly Uint8Array[]): Uint8Array =>
  tlv(tag.set, ...parts.toSorted((a, b) => Buffer.compare(a, b)));

/** `[number]` constructed: an EXPLICIT tag, or IMPLICIT over a SEQUENCE's content. */
export const context = (number: number, ...parts: readonly Uint8Array[]): Uint8Array => tlv(0xa0 | number, ...parts);

/** `[number] IMPLICIT` over a primitive type's content octets. */
export const contextPrimitive = (number: number, content: Uint8Array): Uint8Array => tlv(0x80 | number, content);

export const octetString = (...parts: readonly Uint8Array[]): Uint8Array => tlv(tag.octetString, ...parts);

/** Only TRUE is ever written: FALSE is a DEFAULT in every structure here, and DER omits defaults. */
export const booleanTrue = (): Uint8Array => Uint8Array.of(tag.boolean, 1, 0xff);

export const derNull = (): Uint8Array => Uint8Array.of(tag.null, 0);

export const utf8String = (text: string): Uint8Array => tlv(tag.utf8String, Buffer.from(text, "utf8"));

/** The caller has checked that the text is ASCII. */
export const ia5String = (text: string): Uint8Array => tlv(tag.ia5String, Buffer.from(text, "latin1"));

/** The caller has checked that the text is of the PrintableString alphabet. */
export const printableString = (text: string): Uint8Array => tlv(tag.printableString, Buffer.from(text, "latin1"));

/** BIT STRING of whole octets. */
export const bitString = (content: Uint8Array): Uint8Array => tlv(tag.bitString, Uint8Array.of(0), content);

/** BIT STRING with named bits, at most eight: trailing zero bits are left off (X.690 §11.2.2). */
export function namedBits(...bits: readonly number[]): Uint8Array {
  const last = Math.max(...bits);
  if (last > 7) throw new RangeError("namedBits writes the first eight bits only");
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return Uint8Array.of(tag.bitString, 2, 7 - last, octet);
}

/** INTEGER that is zero or more. */
export function integer(value: number | bigint): Uint8Array {
  if (value < 0) throw new RangeError("negative INTEGERs are not written here");
  const hex = BigInt(value).toString(16);
  return unsignedInteger(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex"));
}

/** INTEGER from big-endian octets read as an unsigned number. */
export function unsignedInteger(octets: Uint8Array): Uint8Array {
  let first = 0;
  while (first < octets.length - 1 && octets[first] === 0) first += 1;
  const content = octets.subarray(first);
  return (content[0] ?? 0) < 0x80 ? tlv(tag.integer, content) : tlv(tag.integer, Uint8Array.of(0), content);
}

/** OBJECT IDENTIFIER from its dotted form. Throws RangeError. */
export const objectIdentifier = (dotted: string): Uint8Array => common.get(dotted) ?? encodedIdentifier(dotted);

function encodedIdentifier(dotted: string): Uint8Array {
  const [first, second, ...rest] = dotted.split(".").map(BigInt);
  if (
    !/^[0-2](\.(0|[1-9]\d*))+$/.test(dotted) ||
    first === undefined ||
    second === undefined ||
    (first < 2n && second > 39n)
  ) {
    throw new RangeError(`not an object identifier: ${dotted}`);
  }
  const octets: number[] = [];
  for (const arc of [first * 40n + second, ...rest]) {
    const groups = [Number(arc & 0x7fn)];
    for (let left = arc >> 7n; left > 0n; left >>= 7n) groups.unshift(Number(left & 0x7fn) | 0x80);
    octets.push(...groups);
  }
  return tlv(tag.objectIdentifier, Uint8Array.from(octets));
}

/** Encodings of this PKI's own object identifiers, which every certificate is full of. */
const common: ReadonlyMap<string, Uint8Array> = new Map(
  Object.values(oid).map((dotted) => [dotted, encodedIdentifier(dotted)]),
);

/**
 * A time of RFC 5280 §4.1.2.5: UTCTime for the years 1950 to 2049, else GeneralizedTime, in UTC and
 * to the second; a fraction of a second is cut off. An invalid Date throws RangeError.
 */
export function time(date: Date): Uint8Array {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:T]/g, "");
  if (digits.length !== 15) throw new RangeError("the year must have four digits");
  const year = date.getUTCFullYear();
  const utc = year >= 1950 && year <= 2049;
  return utc
    ? tlv(tag.utcTime, Buffer.from(digits.slice(2), "latin1"))
    : tlv(tag.generalizedTime, Buffer.from(digits, "latin1"));
}
