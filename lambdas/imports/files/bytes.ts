const [comma, quote, lf, cr] = [0x2c, 0x22, 0x0a, 0x0d];

/** Does every byte belong to a character of UTF-8 (RFC 3629 section 4)? */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at++] ?? 0;
    if (lead < 0x80) continue;
    if (lead < 0xc2 || lead > 0xf4) return false;
    // The second byte's bounds keep out what is too long, surrogates and what is beyond U+10FFFF.
    const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    const second = bytes[at++] ?? 0;
    if (second < least || second > most) return false;
    for (let more = lead < 0xe0 ? 0 : lead < 0xf0 ? 1 : 2; more > 0; more--) {
      const next = bytes[at++] ?? 0;
      if (next < 0x80 || next > 0xbf) return false;
    }
  }
  return true;
}

/** The first line of which it is true, counted from 1; no byte of a Shift_JIS character is a line end. */
export function firstLine(bytes: Uint8Array, is: (line: Uint8Array) => boolean): { readonly row: number } | undefined {
  let row = 1;
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== lf && byte !== cr && byte !== undefined) continue;
    if (at > start && is(bytes.subarray(start, at))) return { row };
    if (byte === cr && bytes[at + 1] === lf) at++;
    start = at + 1;
    row++;
  }
  return undefined;
}

/** The line of a byte and its place among the line's commas, both counted from 1. */
export function placeOf(bytes: Uint8Array, place: number): { readonly row: number; readonly column: number } {
  let row = 1;
  let column = 1;
  let quoted = false;
  for (let at = 0; at < place; at++) {
    const byte = bytes[at];
    if (byte === quote) quoted = !quoted;
    else if (byte === comma && !quoted) column++;
    else if (byte === lf || (byte === cr && bytes[at + 1] !== lf)) {
      row++;
      column = 1;
      quoted = false;
    }
  }
  return { row, column };
}
