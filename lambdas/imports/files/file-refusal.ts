import type { MessageCode } from "../../contract/messages.ts";
import type { ImportError } from "./import-error.ts";

/** A file whose rows cannot be read: it is refused whole, with the one place where reading stopped. Row 0 is the file. */
export class FileRefusal extends Error {
  readonly fault: ImportError;

  constructor(code: MessageCode, place: Omit<ImportError, "code" | "row"> & { readonly row?: number } = {}) {
    super(code);
    this.name = "FileRefusal";
    this.fault = { row: 0, ...place, code };
  }
}
