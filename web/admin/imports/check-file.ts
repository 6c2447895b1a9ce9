import { importLayoutOf } from "../../../lambdas/contract/import-layouts.ts";
import { importKinds, importLimits, type ImportOperation } from "../../../lambdas/contract/imports.ts";
import type { Service } from "../../../lambdas/contract/shapes.ts";
import { tooLarge } from "../../../lambdas/imports/files/decode.ts";
import { FileRefusal } from "../../../lambdas/imports/files/file-refusal.ts";
import { type FileContent, readFile } from "../../../lambdas/imports/files/read-file.ts";
import { rowReaders } from "../../../lambdas/imports/files/row-readers.ts";
import { orderFault } from "../../../lambdas/registration/rules.ts";

export type FileError = FileRefusal["fault"];

/** What is known of a file by the server's own rules, as far as no registry is asked. */
export type Check =
  | { readonly state: "reading" }
  /** The browser could not load it: it was moved, or may not be opened. */
  | { readonly state: "unreadable" }
  /** As a whole: no row can be named. */
  | { readonly state: "refused"; readonly fault: FileError }
  | { readonly state: "checking"; readonly content: FileContent; readonly rows: number }
  | { readonly state: "wrong"; readonly content: FileContent; readonly errors: readonly FileError[] }
  | { readonly state: "right"; readonly content: FileContent; readonly people: number; readonly service: Service };

/** Work between two pauses, in milliseconds: the page draws itself and answers clicks in them. */
const longest = 30;

const pause = () => new Promise<void>((done) => setTimeout(done));

/** Reads a chosen file as the importer is going to read it, and checks every row: the states as they come. */
export async function* checkFile(
  bytes: Uint8Array,
  operation: ImportOperation,
  service: Service,
  now: Date,
): AsyncGenerator<Check> {
  yield { state: "reading" };
  await pause();
  try {
    yield* checkContent(readFile(bytes, importLayoutOf[operation](service.options)), operation, service, now);
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
    yield { state: "refused", fault: error.fault };
  }
}

async function* checkContent(
  content: FileContent,
  operation: ImportOperation,
  service: Service,
  now: Date,
): AsyncGenerator<Check> {
  yield { state: "checking", content, rows: 0 };
  const reading = rowReaders[operation](importLayoutOf[operation](service.options), content.records, { service, now });
  let pausedAt = performance.now();
  let step = reading.next();
  for (; step.done !== true; step = reading.next()) {
    if (performance.now() - pausedAt < longest) continue;
    yield { state: "checking", content, rows: step.value };
    await pause();
    pausedAt = performance.now();
  }
  const { rows, errors } = step.value;
  // Bulk download is not offered where the service does not allow it.
  const order = { wanted: rows.length, bulkDownload: false };
  const without = importKinds[operation].issuing ? orderFault(service, order) : undefined;
  const all = [...(without === undefined ? [] : [{ row: 0, ...without }]), ...errors];
  const people = new Set(rows.map(({ cells }) => cells.primaryEmail.toLowerCase())).size;
  yield all.length > 0 ? { state: "wrong", content, errors: all } : { state: "right", content, people, service };
}

/** A file that is too large is not even loaded. */
export const sizeFault = (size: number): FileError | undefined =>
  size > importLimits.bytes ? tooLarge().fault : undefined;
