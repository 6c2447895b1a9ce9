import { booleanOf, contentOf, elementAt, unsignedHexOf, type Element } from "../der-reader.ts";
import { tag } from "../der.ts";
import type { Lint } from "./linted.ts";

/** Every length is minimal, BOOLEANs are 00 or ff, INTEGERs minimal; inside the extensions' OCTET STRINGs too. */
export const derEncoding: Lint = {
  name: "der-encoding",
  source: "X.690 §10 and §11",
  find: ({ der }) => {
    try {
      walk(der, elementAt(der, 0), der.length);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : "unreadable"];
    }
  },
};

const EXTENSIONS_FIELD = 0xa3;

function walk(der: Uint8Array, element: Element, end: number, insideExtensions = false): void {
  if (element.end !== end) throw new Error("bytes after the end of the structure");
  if (element.tag === tag.boolean) booleanOf(der, element);
  if (element.tag === tag.integer) unsignedHexOf(der, element);
  if (insideExtensions && element.tag === tag.octetString) {
    const value = contentOf(der, element);
    walk(value, elementAt(value, 0), value.length);
  }
  if ((element.tag & 0x20) === 0) return;
  for (let offset = element.content; offset < element.end;) {
    const child = elementAt(der, offset, element.end);
    walk(der, child, child.end, insideExtensions || element.tag === EXTENSIONS_FIELD);
    offset = child.end;
  }
}
