import { type ImportLayout, importLayouts } from "../../contract/import-layouts.ts";
import { importLimits } from "../../contract/imports.ts";
import type { Device } from "../../contract/fields.ts";
import { requestedPeriod } from "../../registration/period.ts";
import type { ContractedService } from "../../registry/tenant.ts";
import type { ImportError, RegisterCells, RevokeCells } from "../job.ts";
import { type Cells, type Closed, type Fault, placed, readCells } from "./cells.ts";
import type { FileRecord } from "./records.ts";

/** A row that keeps every rule, and the number by which a person finds it in the file. */
export type FileRow<Order> = { readonly line: number; readonly cells: Order };

/** A row with mistakes of which it is known at least which slot it means. */
export type PlacedRow = { readonly line: number; readonly cells: RevokeCells };

/**
 * All rows or, with any error, the first errors (`importLimits.errors`), how many there are, the rows
 * that are right so far, and those that are wrong but placed: both may be wrong in what only the registry knows.
 */
export type Checked<Order> =
  | { readonly rows: readonly FileRow<Order>[] }
  | {
      readonly errors: readonly ImportError[];
      readonly total: number;
      readonly sound: readonly FileRow<Order>[];
      readonly placed: readonly PlacedRow[];
    };

export type RegisterFacts = {
  readonly service: ContractedService;
  readonly now: Date;
  /** No certificate outlives the authority. */
  readonly authorityEnd: Date;
};

/** The rows of a registration (standard layout), by the rules of the service that they are for. */
export function registerRows(records: readonly FileRecord[], facts: RegisterFacts): Checked<RegisterCells> {
  const slotTwice = slotsOnce();
  const namesDiffer = oneNameEach();
  const closed = closedColumns(facts.service);
  return check(importLayouts.register, records, closed, isRegistration, (cells, record) => [
    ...commonName(cells),
    ...allowedNames(cells, facts.service),
    ...periodFaults(cells, facts, record),
    ...slotTwice(cells, record),
    ...namesDiffer(cells, record),
  ]);
}

/** The rows of a revocation: each names a slot, and none twice. */
export function revokeRows(records: readonly FileRecord[]): Checked<RevokeCells> {
  return check(importLayouts.revoke, records, {}, hasSlot, slotsOnce());
}

function check<Order extends Cells>(
  layout: ImportLayout,
  records: readonly FileRecord[],
  closed: Closed,
  isOrder: (cells: Cells) => cells is Cells & Order,
  faultsOf: (cells: Cells, record: FileRecord) => readonly Fault[],
): Checked<Order> {
  const rows: FileRow<Order>[] = [];
  const wrongRows: PlacedRow[] = [];
  const errors: ImportError[] = [];
  let total = 0;
  for (const record of records) {
    const { cells, errors: wrong } = readCells(layout, record, closed);
    const found = [...wrong, ...placed(layout, record, faultsOf(cells, record))];
    if (found.length === 0) {
      if (!isOrder(cells)) throw new Error(`row ${record.line} lacks a required cell, and no rule said so`);
      rows.push({ line: record.line, cells });
      continue;
    }
    total += found.length;
    if (hasSlot(cells)) {
      const { primaryEmail, certificateEmail, device } = cells;
      wrongRows.push({ line: record.line, cells: { primaryEmail, certificateEmail, device } });
    }
    found.sort((a, b) => (a.column ?? 0) - (b.column ?? 0));
    errors.push(...found.slice(0, importLimits.errors - errors.length));
  }
  return total === 0 ? { rows } : { errors, total, sound: rows, placed: wrongRows };
}

const names = [
  "familyName",
  "givenName",
  "familyNameKana",
  "givenNameKana",
  "familyNameEnglish",
  "givenNameEnglish",
] as const;

const hasSlot = (cells: Cells): cells is Cells & RevokeCells & { readonly device: Device } =>
  cells.primaryEmail !== undefined && cells.certificateEmail !== undefined && cells.device !== undefined;

const isNamed = (cells: Cells): cells is Cells & Record<(typeof names)[number], string> =>
  names.every((name) => cells[name] !== undefined);

const isRegistration = (cells: Cells): cells is Cells & RegisterCells => hasSlot(cells) && isNamed(cells);

function closedColumns({ options }: ContractedService): Closed {
  const period = options.includes("period") || options.includes("period-time");
  return {
    ...(period ? {} : { from: "periodNotContracted", to: "periodNotContracted" }),
    ...(options.includes("smart-card") ? {} : { principalName: "principalNotContracted" }),
  };
}

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
function periodFaults(cells: Cells, facts: RegisterFacts, record: FileRecord): readonly Fault[] {
  const { service, now, authorityEnd } = facts;
  // A To that its own rule has refused is not missing.
  const malformed = cells.to === undefined && (record.cells[importLayouts.register.columns.indexOf("to")] ?? "") !== "";
  return requestedPeriod(service, cells, now, authorityEnd, "row").errors.flatMap(({ field, code }): Fault[] => {
    if (field === "row.from") return [{ key: "from", code }];
    return malformed ? [] : [{ key: "to", code }];
  });
}

/** Refuses a slot that an earlier row has; addresses compare case-blind. */
function slotsOnce(): (cells: Cells, record: FileRecord) => readonly Fault[] {
  const lines = new Map<string, number>();
  return (cells, { line }) => {
    if (!hasSlot(cells)) return [];
    const slot = `${cells.primaryEmail} ${cells.certificateEmail} ${cells.device}`.toLowerCase();
    const first = lines.get(slot);
    if (first === undefined) lines.set(slot, line);
    return first === undefined ? [] : [{ key: "primaryEmail", code: "slotTwice", facts: { first } }];
  };
}

/** Refuses another name for a contact address than its first row has. */
function oneNameEach(): (cells: Cells, record: FileRecord) => readonly Fault[] {
  const people = new Map<string, { readonly line: number; readonly spelled: readonly string[] }>();
  return (cells, { line }) => {
    if (cells.primaryEmail === undefined || !isNamed(cells)) return [];
    const address = cells.primaryEmail.toLowerCase();
    const spelled = names.map((name) => cells[name]);
    const first = people.get(address);
    if (first === undefined) people.set(address, { line, spelled });
    const differs = first === undefined ? -1 : spelled.findIndex((name, at) => name !== first.spelled[at]);
    const key = names[differs];
    if (first === undefined || key === undefined) return [];
    const facts = { first: first.line, stored: first.spelled.join(" "), given: spelled.join(" ") };
    return [{ key, code: "namesDiffer", facts }];
  };
}
