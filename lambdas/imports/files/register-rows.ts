import type { OperationCells } from "../../contract/import-layouts.ts";
import { requestedPeriod } from "../../registration/period.ts";
import { personNames } from "../../registry/person.ts";
import type { ContractedService } from "../../registry/tenant.ts";
import type { Cells, Fault } from "./cells.ts";
import type { FileRecord } from "./records.ts";
import { checkRows, type FileFacts, hasSlot, type RowReader, slotsOnce } from "./rows.ts";

/** The rows of a registration, by the rules of the service that they are for. */
export const registerRows: RowReader<OperationCells["register"]> = (layout, records, facts) => {
  const slotTwice = slotsOnce();
  const namesDiffer = oneNameEach();
  return checkRows(layout, records, facts, isRegistration, (cells, record) => [
    ...commonName(cells),
    ...allowedNames(cells, facts.service),
    ...periodFaults(cells, facts),
    ...slotTwice(cells, record),
    ...namesDiffer(cells, record),
  ]);
};

const isNamed = (cells: Cells): cells is Cells & Record<(typeof personNames)[number], string> =>
  personNames.every((name) => cells[name] !== undefined);

export const isRegistration = (cells: Cells): cells is Cells & OperationCells["register"] =>
  hasSlot(cells) && isNamed(cells);

/** X.520 ub-common-name. */
function commonName({ familyNameEnglish, givenNameEnglish }: Cells): readonly Fault[] {
  const unknown = familyNameEnglish === undefined || givenNameEnglish === undefined;
  return unknown || `${familyNameEnglish} ${givenNameEnglish}`.length <= 64
    ? []
    : [{ key: "givenNameEnglish", code: "commonName" }];
}

const afterAt = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

/** Names that the operator has confined the service to. */
function allowedNames(cells: Cells, service: ContractedService): readonly Fault[] {
  const confined = (
    key: "primaryEmail" | "certificateEmail" | "principalName",
    allowed: readonly string[],
    code: string,
    fact: string,
  ): readonly Fault[] => {
    const name = cells[key];
    if (name === undefined || allowed.length === 0 || allowed.includes(afterAt(name))) return [];
    return [{ key, code, facts: { [fact]: afterAt(name), allowed: allowed.join(", ") } }];
  };
  const suffixes = service.principalSuffixes.map((suffix) => suffix.toLowerCase());
  return [
    ...confined("primaryEmail", service.mailDomains, "mailDomainNotAllowed", "domain"),
    ...confined("certificateEmail", service.mailDomains, "mailDomainNotAllowed", "domain"),
    ...confined("principalName", suffixes, "principalSuffixNotAllowed", "suffix"),
  ];
}

/** The period's rules for From and To. */
const periodFaults = (cells: Cells, { service, now, authorityEnd }: FileFacts): readonly Fault[] =>
  requestedPeriod(service, cells, now, authorityEnd, "row").errors.map(({ field, code }) => ({
    key: field === "row.from" ? "from" : "to",
    code,
  }));

/** Refuses another name for a contact address than its first row has. */
function oneNameEach(): (cells: Cells, record: FileRecord) => readonly Fault[] {
  const people = new Map<string, { readonly line: number; readonly spelled: readonly string[] }>();
  return (cells, { line }) => {
    if (cells.primaryEmail === undefined || !isNamed(cells)) return [];
    const address = cells.primaryEmail.toLowerCase();
    const spelled = personNames.map((name) => cells[name]);
    const first = people.get(address);
    if (first === undefined) people.set(address, { line, spelled });
    const differs = first === undefined ? -1 : spelled.findIndex((name, at) => name !== first.spelled[at]);
    const key = personNames[differs];
    if (first === undefined || key === undefined) return [];
    const facts = { first: first.line, stored: first.spelled.join(" "), given: spelled.join(" ") };
    return [{ key, code: "namesDiffer", facts }];
  };
}
