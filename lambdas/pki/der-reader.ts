/** Reading DER (X.690 §10) strictly: what is not the one allowed encoding is refused, never repaired. */
import { tag } from "./der.ts";
import { oid } from "./oids.ts";

/** Where one element lies in its buffer: identifier octet, offsets of start, content and end (exclusive). */
export type Element = { readonly tag: number; readonly start: number; readonly content: number; readonly end: number };

/** The bytes are not the DER that was expected. */
export class DerError extends Error {
  override readonly name = "DerError";
}

/** The element that begins at `offset` and must end at or before `limit`. Throws DerError. */
export function elementAt(der: Uint8Array, offset: number, limit: number = der.length): Element {
  const identifier = der[offset];
  const short = der[offset + 1];
  if (identifier === undefined || short === undefined || offset + 2 > limit)
    throw new DerError(`no element at offset ${offset}`);
  if ((identifier & 0x1f) === 0x1f) throw new DerError(`a tag of several octets at offset ${offset}`);
  let length = short;
  let content = offset + 2;
  if (short >= 0x80) {
    const octets = short & 0x7f;
    if (octets === 0 || octets > 4) throw new DerError(`an indefinite or oversized length at offset ${offset}`);
    length = 0;
    for (let index = 0; index < octets; index += 1) length = length * 256 + (der[content + index] ?? 0);
    if (length < 0x80 || length < 256 ** (octets - 1))
      throw new DerError(`a length that is not minimal at offset ${offset}`);
    content += octets;
  }
  const end = content + length;
  if (end > limit) throw new DerError(`the element at offset ${offset} runs over its container`);
  return { tag: identifier, start: offset, content, end };
}

/** The one element that fills the whole buffer; anything after it is refused. */
export function wholeElement(der: Uint8Array, identifier: number = tag.sequence): Element {
  const element = elementAt(der, 0);
  if (element.end !== der.length) throw new DerError("bytes after the end of the structure");
  return expectTag(element, identifier);
}

/** The element itself, if it has this identifier octet. */
export function expectTag(element: Element | undefined, identifier: number): Element {
  if (element === undefined) throw new DerError(`an element with tag 0x${identifier.toString(16)} is missing`);
  if (element.tag !== identifier) {
    throw new DerError(
      `tag 0x${element.tag.toString(16)} at offset ${element.start}, expected 0x${identifier.toString(16)}`,
    );
  }
  return element;
}

/** The elements inside a constructed element, in order. */
export function childrenOf(der: Uint8Array, parent: Element): Element[] {
  const children: Element[] = [];
  for (let offset = parent.content; offset < parent.end;) {
    const child = elementAt(der, offset, parent.end);
    children.push(child);
    offset = child.end;
  }
  return children;
}

/** The one element that fills a constructed element. */
export function onlyChildOf(der: Uint8Array, parent: Element, identifier: number): Element {
  const child = elementAt(der, parent.content, parent.end);
  if (child.end !== parent.end) throw new DerError(`more than one element inside the one at offset ${parent.start}`);
  return expectTag(child, identifier);
}

/** The content octets, without identifier and length (a view, not a copy). */
export const contentOf = (der: Uint8Array, element: Element): Uint8Array => der.subarray(element.content, element.end);

/** The whole encoding with identifier and length (a view, not a copy). */
export const encodingOf = (der: Uint8Array, element: Element): Uint8Array => der.subarray(element.start, element.end);

/** The same octets as a Buffer, without copying. */
export const asBuffer = (der: Uint8Array): Buffer =>
  Buffer.isBuffer(der) ? der : Buffer.from(der.buffer, der.byteOffset, der.byteLength);

/** Content octets of a non-negative, minimal INTEGER, as lower-case hex without the sign octet. */
export function unsignedHexOf(der: Uint8Array, element: Element): string {
  expectTag(element, tag.integer);
  const first = der[element.content] ?? 0;
  const second = der[element.content + 1] ?? 0;
  if (element.content === element.end) throw new DerError("an empty INTEGER");
  if (first >= 0x80) throw new DerError("a negative INTEGER");
  const padded = first === 0 && element.end - element.content > 1;
  if (padded && second < 0x80) throw new DerError("an INTEGER that is not minimal");
  return asBuffer(der).toString("hex", padded ? element.content + 1 : element.content, element.end);
}

/** Value of a non-negative INTEGER. */
export const integerOf = (der: Uint8Array, element: Element): bigint => BigInt(`0x${unsignedHexOf(der, element)}`);

/** Value of a BOOLEAN, which in DER is 00 or ff. */
export function booleanOf(der: Uint8Array, element: Element): boolean {
  expectTag(element, tag.boolean);
  const octet = der[element.content];
  if (element.end - element.content !== 1 || (octet !== 0 && octet !== 0xff))
    throw new DerError("a BOOLEAN that is neither 00 nor ff");
  return octet === 0xff;
}

/** Octets of a BIT STRING without unused bits. */
export function bitStringOf(der: Uint8Array, element: Element): Uint8Array {
  expectTag(element, tag.bitString);
  if (der[element.content] !== 0) throw new DerError("a BIT STRING with unused bits");
  return der.subarray(element.content + 1, element.end);
}

/** The first eight bits of a BIT STRING with named bits, the first one as 0x80: DER leaves trailing zero bits off (X.690 §11.2.2). */
export function namedBitsOf(der: Uint8Array, element: Element): number {
  const [unused = 8, octet = 0, ...more] = contentOf(der, expectTag(element, tag.bitString));
  const lastOne = octet & -octet;
  if (unused > 7 || lastOne !== 1 << unused || more.length > 0)
    throw new DerError("named bits that do not end with a one in their first octet");
  return octet;
}

/** Object identifiers of this PKI; the forms of these alone are kept, so that no input fills the memory. */
const common: ReadonlySet<string> = new Set(Object.values(oid));
const dottedForms = new Map<string, string>();

/** Dotted form of an OBJECT IDENTIFIER. */
export function objectIdentifierOf(der: Uint8Array, element: Element): string {
  expectTag(element, tag.objectIdentifier);
  const octets = asBuffer(der).toString("latin1", element.content, element.end);
  const known = dottedForms.get(octets);
  if (known !== undefined) return known;
  const dotted = dottedFormOf(contentOf(der, element));
  if (common.has(dotted)) dottedForms.set(octets, dotted);
  return dotted;
}

function dottedFormOf(content: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc: bigint | undefined;
  for (const octet of content) {
    if (arc === undefined && octet === 0x80) throw new DerError("an OBJECT IDENTIFIER that is not minimal");
    arc = ((arc ?? 0n) << 7n) | BigInt(octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = undefined;
    }
  }
  const [head, ...rest] = arcs;
  if (head === undefined || arc !== undefined) throw new DerError("an OBJECT IDENTIFIER that is cut off");
  const first = head < 80n ? head / 40n : 2n;
  return [first, head - first * 40n, ...rest].join(".");
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const DECODERS = new Map<number, typeof utf8>([
  [tag.utf8String, utf8],
  [tag.printableString, utf8],
  [tag.ia5String, utf8],
  [tag.bmpString, new TextDecoder("utf-16be", { fatal: true, ignoreBOM: true })],
]);

/** Text of a string type; undefined for other types and for octets that are not of the type's encoding. */
export function textOf(der: Uint8Array, element: Element): string | undefined {
  try {
    return DECODERS.get(element.tag)?.decode(contentOf(der, element));
  } catch {
    return undefined;
  }
}

/** Instant of the DER of a time; see `timeOf`. */
export const instantOf = (der: Uint8Array): Date => timeOf(der, elementAt(der, 0));

/** Instant of a UTCTime or GeneralizedTime in the forms of RFC 5280 §4.1.2.5 (UTC, seconds, no fraction). */
export function timeOf(der: Uint8Array, element: Element): Date {
  const { year, month, day, hour, minute, second } = clockOf(der, element);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  if (year < 100) date.setUTCFullYear(year);
  return date;
}

/** What such a time says, checked as strictly, for a million times that nobody needs as a Date. */
export function clockOf(der: Uint8Array, element: Element) {
  const utc = element.tag === tag.utcTime;
  if (!utc) expectTag(element, tag.generalizedTime);
  const digits = element.end - element.content - 1;
  if (digits !== (utc ? 12 : 14) || der[element.end - 1] !== 0x5a)
    throw new DerError("a time that is not in UTC to the second");
  const short = twoDigits(der, element.content);
  const year = utc ? (short < 50 ? 2000 + short : 1900 + short) : short * 100 + twoDigits(der, element.content + 2);
  const at = element.content + (utc ? 2 : 4);
  const month = twoDigits(der, at);
  const day = twoDigits(der, at + 2);
  const [hour, minute, second] = [twoDigits(der, at + 4), twoDigits(der, at + 6), twoDigits(der, at + 8)];
  if (hour > 23 || minute > 59 || second > 59 || day === 0 || day > daysIn(year, month))
    throw new DerError("a time that does not exist");
  return { year, month, day, hour, minute, second };
}

function daysIn(year: number, month: number): number {
  if (month === 0 || month > 12) return 0;
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function twoDigits(der: Uint8Array, offset: number): number {
  const tens = (der[offset] ?? 0) - 0x30;
  const ones = (der[offset + 1] ?? 0) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new DerError("a time with something else than digits");
  return tens * 10 + ones;
}
