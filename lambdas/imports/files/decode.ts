import { importLimits } from "../../contract/imports.ts";
import { firstLine, isUtf8, placeOf } from "./bytes.ts";
import type { MessageCode } from "../../contract/messages.ts";
import { FileRefusal } from "./file-refusal.ts";

export type Encoding = "UTF-8" | "UTF-8 BOM" | "Shift_JIS";
export type Decoded = { readonly text: string; readonly encoding: Encoding };

export const tooLarge = () => new FileRefusal("fileTooLarge", { facts: { megabytes: importLimits.bytes / 1024 ** 2 } });

/**
 * The text of a CSV file: with a byte order mark as UTF-8, else as UTF-8 where every byte agrees, else
 * as Shift_JIS as Windows writes it (CP932, which WHATWG's "shift_jis" is). What is none of these,
 * or a mixture, is refused: a name must not be guessed. Runs in Node and in browsers.
 *
 * @throws FileRefusal
 */
export function decode(file: Uint8Array): Decoded {
  if (file.length > importLimits.bytes) throw tooLarge();
  if (file.length === 0) throw new FileRefusal("fileEmpty");
  const bytes = withoutEndMark(file);
  const other = otherKindOf(bytes);
  if (other !== undefined) throw new FileRefusal(other);
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    throw seemsUtf16(bytes) ? new FileRefusal("fileIsUtf16") : new FileRefusal("fileHasNul", placeOf(bytes, nul));

  if (startsWith(bytes, ...byteOrderMark)) {
    if (bytes.length === byteOrderMark.length) throw new FileRefusal("fileEmpty");
    const text = strictly("utf-8", bytes);
    if (text !== undefined) return { text, encoding: "UTF-8 BOM" };
    throw new FileRefusal(
      "fileEncodingUnknown",
      firstLine(bytes, (line) => !isUtf8(line)),
    );
  }
  const unicode = strictly("utf-8", bytes);
  if (unicode !== undefined) return { text: unicode, encoding: "UTF-8" };
  const text = strictly("shift_jis", bytes);
  const japaneseInUtf8 = firstLine(bytes, (line) => line.some(leadsThree) && isUtf8(line));
  if (text !== undefined && japaneseInUtf8 === undefined) return { text, encoding: "Shift_JIS" };
  const unreadable =
    text === undefined
      ? firstLine(bytes, (line) => !isUtf8(line) && strictly("shift_jis", line) === undefined)
      : undefined;
  if (unreadable !== undefined || japaneseInUtf8 === undefined)
    throw new FileRefusal("fileEncodingUnknown", unreadable);
  const mixedWith = firstLine(bytes, (line) => !isUtf8(line))?.row ?? 0;
  throw new FileRefusal("fileEncodingsMixed", { ...japaneseInUtf8, facts: { other: mixedWith } });
}

const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

const startsWith = (bytes: Uint8Array, ...magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** The refusal of what is no text with columns, whatever its name says; undefined for what may be one. */
function otherKindOf(bytes: Uint8Array): MessageCode | undefined {
  // A ZIP's local, empty and spanned header (.xlsx), and OLE 2 (.xls).
  const zip = [3, 5, 7].some((mark) => startsWith(bytes, 0x50, 0x4b, mark, mark + 1));
  if (zip || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return "fileIsSpreadsheet";
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) return "fileIsUtf16";
  const beginning = Array.from(bytes.subarray(0, 64), (byte) => String.fromCharCode(byte)).join("");
  const content = beginning.replace(/^\u00ef\u00bb\u00bf/, "").trimStart();
  if (content.startsWith("%PDF-")) return "fileIsPdf";
  return /^<[!?a-z]/i.test(content) ? "fileIsHtml" : undefined;
}

const endMark = 0x1a;

/** Without the end-of-file mark of DOS that hosts and `copy a+b` append, and the line ends around it. */
function withoutEndMark(bytes: Uint8Array): Uint8Array {
  const last = bytes.findLastIndex((byte) => byte !== endMark && byte !== 0x0d && byte !== 0x0a);
  return bytes.includes(endMark, last + 1) ? bytes.subarray(0, last + 1) : bytes;
}

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
