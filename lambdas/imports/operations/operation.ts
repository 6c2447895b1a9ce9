import type { Certificate, Issuer } from "../../certificates/certificate.ts";
import type { OperationCells } from "../../contract/import-layouts.ts";
import type { ImportOperation } from "../../contract/imports.ts";
import type { ImportPorts } from "../ports.ts";
import type { RegisterContext } from "../../registration/register.ts";
import type { PlanContext } from "../../revocation/plan.ts";
import type { RevokeContext } from "../../revocation/revoke.ts";
import type { ImportNoticeKind } from "../import-notices.ts";
import type { Cells, Fault } from "../files/cells.ts";
import type { Counts, ImportJob, RowKey } from "../job.ts";
import type { RegistryLookUps } from "../look-ups.ts";
import { register } from "./register.ts";
import { revoke } from "./revoke.ts";

/** All that differs between two kinds of file on the server, beside what comes with them and how their rows are read. */
export type Operation<Complete> = {
  /** Asks the registry about all rows together; returns what it says to be wrong with each. */
  readonly registryRule: (
    lookUps: RegistryLookUps,
    job: ImportJob,
    rows: readonly Cells[],
  ) => Promise<(cells: Cells) => readonly Fault[]>;
  /** Licences that each row takes when its file is accepted; a row that fails gives them back. */
  readonly licencesPerRow: number;
  /** Licences that the rows done so far have released and left to the job to give back: one by one they would collide. */
  readonly licencesReleased: (job: ImportJob, counts: Counts) => number;
  /** Does what a row asks for, with the row's own move in the same transaction. Throws the refusal that ends the row. */
  readonly work: (context: WorkContext, job: ImportJob, row: RowKey, cells: Complete) => Promise<RowFollowUp>;
  /** The mails when a file has ended: all rows done, something wrong with it, or stopped. */
  readonly notices: {
    readonly done: ImportNoticeKind;
    readonly errors: ImportNoticeKind;
    readonly stopped: ImportNoticeKind;
  };
};

export type WorkContext = RegisterContext & RevokeContext & PlanContext & Pick<ImportPorts, "administrators" | "rows">;

/** What a row's work asks for next; many rows ask for it together. */
export type RowFollowUp = {
  readonly issuances: readonly Pick<Certificate, "tenantId" | "certificateId" | "issuer">[];
  readonly publications: readonly Issuer[];
};

export const operations: { readonly [O in ImportOperation]: Operation<OperationCells[O]> } = { register, revoke };
