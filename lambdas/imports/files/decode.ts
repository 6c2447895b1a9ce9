import { isUtf8 } from "node:buffer";
import { importLimits } from "../../contract/imports.ts";
import { FileRefusal } from "./file-refusal.ts";

/**
 * A stream's bytes, of which no more are taken than a file may have.
 *
 * @throws FileRefusal
 */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const taken: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > importLimits.bytes) throw tooLarge();
    taken.push(chunk);
  }
  return Buffer.concat(taken, length);
}

/**
 * The text of a CSV file: with a byte order mark as UTF-8, else as UTF-8 where every byte agrees, else
 * as Shift_JIS as Windows writes it (CP932, which WHATWG's "shift_jis" is). What is none of these,
 * or a mixture, is refused: a name must not be guessed.
 *
 * @throws FileRefusal
 */
export function decode(bytes: Uint8Array): string {
  if (bytes.length > importLimits.bytes) throw tooLarge();
  if (bytes.length === 0) throw new FileRefusal("fileEmpty");
  const starts = (...magic: readonly number[]) => magic.every((byte, at) => bytes[at] === byte);
  // A ZIP's local, empty and spanned header (.xlsx), and OLE 2 (.xls).
  const zip = starts(0x50, 0x4b, 3, 4) || starts(0x50, 0x4b, 5, 6) || starts(0x50, 0x4b, 7, 8);
  if (zip || starts(0xd0, 0xcf, 0x11, 0xe0)) throw new FileRefusal("fileIsSpreadsheet");
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) throw new FileRefusal("fileIsUtf16");
  if (bytes.includes(0)) throw new FileRefusal(seemsUtf16(bytes) ? "fileIsUtf16" : "fileHasNul");

  if (starts(0xef, 0xbb, 0xbf)) {
    if (bytes.length === 3) throw new FileRefusal("fileEmpty");
    if (!isUtf8(bytes))
      throw new FileRefusal(
        "fileEncodingUnknown",
        firstLine(bytes, (line) => !isUtf8(line)),
      );
    return strictly("utf-8", bytes) ?? "";
  }
  if (isUtf8(bytes)) return strictly("utf-8", bytes) ?? "";
  const text = strictly("shift_jis", bytes);
  const japaneseInUtf8 = firstLine(bytes, (line) => line.some(leadsThree) && isUtf8(line));
  const unreadable =
    text === undefined
      ? firstLine(bytes, (line) => !isUtf8(line) && strictly("shift_jis", line) === undefined)
      : undefined;
  if (text !== undefined && japaneseInUtf8 === undefined) return text;
  if (unreadable !== undefined || japaneseInUtf8 === undefined)
    throw new FileRefusal("fileEncodingUnknown", unreadable);
  const other = firstLine(bytes, (line) => !isUtf8(line))?.row ?? 0;
  throw new FileRefusal("fileEncodingsMixed", { ...japaneseInUtf8, facts: { other } });
}

const tooLarge = () => new FileRefusal("fileTooLarge", { facts: { megabytes: importLimits.bytes / 1024 ** 2 } });

function strictly(encoding: "utf-8" | "shift_jis", bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Addresses, commas and line ends in UTF-16 put a NUL at every other place, all of them odd or all even. */
function seemsUtf16(bytes: Uint8Array): boolean {
  const nuls = [0, 0];
  const looked = bytes.subarray(0, 1024);
  looked.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  });
  return Math.min(...nuls) === 0 && Math.max(...nuls) * 8 > looked.length;
}

/**
 * Kana and kanji take three bytes of UTF-8, the first of them E0 to EF. A line of Shift_JIS that is
 * well-formed UTF-8 with such a byte would need a rare kanji beside half-width kana in lucky pairs.
 */
const leadsThree = (byte: number) => byte >= 0xe0 && byte <= 0xef;

/** The first line of which it is true, counted from 1; no byte of a Shift_JIS character is a line end. */
function firstLine(bytes: Uint8Array, is: (line: Uint8Array) => boolean): { readonly row: number } | undefined {
  let row = 1;
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at];
    if (byte !== 0x0a && byte !== 0x0d && byte !== undefined) continue;
    if (at > start && is(bytes.subarray(start, at))) return { row };
    if (byte === 0x0d && bytes[at + 1] === 0x0a) at++;
    start = at + 1;
    row++;
  }
  return undefined;
}
