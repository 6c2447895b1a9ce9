import type { ImportLayout } from "../../contract/import-layouts.ts";
import { decode, type Encoding } from "./decode.ts";
import { type FileRecords, recordsOf } from "./records.ts";
import { refuseOtherSeparators } from "./separator.ts";
import { refuseMisplaced } from "./whole-file.ts";

/** A file's rows of cells before any cell is judged, and how they were read. */
export type FileContent = FileRecords & { readonly encoding: Encoding };

/**
 * Reads a file by a layout, as the importer does and the page before it sends. What is wrong with the file as a whole
 * is refused here, once, instead of in every cell.
 *
 * @throws FileRefusal
 */
export function readFile(bytes: Uint8Array, layout: ImportLayout): FileContent {
  const { text, encoding } = decode(bytes);
  refuseOtherSeparators(text, layout);
  const read = recordsOf(text, layout);
  refuseMisplaced(read.records, layout);
  return { ...read, encoding };
}
