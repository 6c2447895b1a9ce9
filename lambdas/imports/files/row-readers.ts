import type { OperationCells } from "../../contract/import-layouts.ts";
import { registerRows } from "./register-rows.ts";
import { revokeRows } from "./revoke-rows.ts";
import type { RowReader } from "./rows.ts";

/** How the rows of each operation's files are read. */
export const rowReaders: { readonly [Operation in keyof OperationCells]: RowReader<OperationCells[Operation]> } = {
  register: registerRows,
  revoke: revokeRows,
};
