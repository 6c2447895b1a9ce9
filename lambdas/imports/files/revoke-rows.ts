import type { OperationCells } from "../../contract/import-layouts.ts";
import { checkRows, hasSlot, type RowReader, slotsOnce } from "./rows.ts";

/** The rows of a revocation: each names a slot, and none twice. */
export const revokeRows: RowReader<OperationCells["revoke"]> = (layout, records, { service }) =>
  checkRows(layout, records, service, hasSlot, slotsOnce());
