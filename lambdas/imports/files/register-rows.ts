import type { OperationCells } from "../../contract/import-layouts.ts";
import { differingName, faultsOf, isNamed, spelled } from "../../registration/rules.ts";
import type { Cells, Fault } from "./cells.ts";
import type { FileRecord } from "./records.ts";
import { checkRows, hasSlot, type RowReader, slotsOnce } from "./rows.ts";

/** The rows of a registration, by the rules of the service that they are for. */
export const registerRows: RowReader<OperationCells["register"]> = (layout, records, { service, ...clock }) => {
  const slotTwice = slotsOnce();
  const namesDiffer = oneNameEach();
  return checkRows(layout, records, service, isRegistration, (cells, record) => [
    ...faultsOf(service, cells, clock),
    ...slotTwice(cells, record),
    ...namesDiffer(cells, record),
  ]);
};

const isRegistration = (cells: Cells): cells is Cells & OperationCells["register"] => hasSlot(cells) && isNamed(cells);

/** Refuses another name for a contact address than its first row has. */
function oneNameEach(): (cells: Cells, record: FileRecord) => readonly Fault[] {
  const firstRows = new Map<string, { readonly line: number; readonly cells: Cells }>();
  return (cells, { line }) => {
    if (cells.primaryEmail === undefined || !isNamed(cells)) return [];
    const address = cells.primaryEmail.toLowerCase();
    const first = firstRows.get(address);
    if (first === undefined) firstRows.set(address, { line, cells });
    const at = first === undefined ? undefined : differingName(first.cells, cells);
    if (first === undefined || at === undefined) return [];
    const facts = { first: first.line, stored: spelled(first.cells), given: spelled(cells) };
    return [{ at, code: "namesDiffer", facts }];
  };
}
