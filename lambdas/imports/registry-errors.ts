import type { Slot, Subscriber } from "../registry/subscriber.ts";
import { spelled } from "../registry/person.ts";
import type { ImportError, ImportJob, RegisterCells, RevokeCells } from "./job.ts";

type SlotPlace = Pick<Slot, "primaryEmail" | "certificateEmail" | "device">;

/** Many look-ups at once, so that a file of 10,000 rows costs about a hundred reads. */
export type RegistryLookUps = {
  /** The known ones of these primary mails, by the mail in lower case. */
  findSubscribers(
    tenantId: string,
    serviceId: string,
    mails: readonly string[],
  ): Promise<ReadonlyMap<string, Subscriber>>;
  /** The existing ones of these slots, by `placeOf`. */
  findSlots(tenantId: string, serviceId: string, places: readonly SlotPlace[]): Promise<ReadonlyMap<string, Slot>>;
};

/** A slot within its service; mails compare case-blind. */
export const placeOf = ({ primaryEmail, certificateEmail, device }: SlotPlace): string =>
  `${primaryEmail.toLowerCase()} ${certificateEmail.toLowerCase()} ${device}`;

/** A row as far as the registry is asked about it; a registration that is wrong in itself has no names. */
export type AskedRow = { readonly line: number; readonly cells: RegisterCells | RevokeCells };

const isNamed = (cells: RegisterCells | RevokeCells): cells is RegisterCells => "givenNameEnglish" in cells;

/** What is wrong with a file's rows against what is registered already. */
export async function registryErrors(
  lookUps: RegistryLookUps,
  job: ImportJob,
  rows: readonly AskedRow[],
): Promise<readonly ImportError[]> {
  const places = rows.map(({ cells }) => cells);
  if (job.operation === "revoke") {
    const slots = await lookUps.findSlots(job.tenantId, job.serviceId, places);
    return rows
      .filter(({ cells }) => !slots.has(placeOf(cells)))
      .map(({ line }) => ({ row: line, code: "slotUnknown" }));
  }
  const mails = [...new Set(places.map(({ primaryEmail }) => primaryEmail.toLowerCase()))];
  const known = await lookUps.findSubscribers(job.tenantId, job.serviceId, mails);
  // A slot exists only of a known subscriber.
  const asked = places.filter(({ primaryEmail }) => known.has(primaryEmail.toLowerCase()));
  const slots = await lookUps.findSlots(job.tenantId, job.serviceId, asked);
  return rows.flatMap(({ line, cells }): ImportError[] => {
    const subscriber = known.get(cells.primaryEmail.toLowerCase());
    if (subscriber === undefined) return [];
    const errors: ImportError[] = [];
    if (isNamed(cells) && spelled(subscriber) !== spelled(cells)) {
      errors.push({
        row: line,
        column: 2,
        code: "subscriberDiffers",
        facts: { stored: spelled(subscriber), given: spelled(cells) },
      });
    }
    if (subscriber.organizationId !== job.organizationId) {
      errors.push({ row: line, column: 1, code: "otherOrganization", facts: { email: subscriber.primaryEmail } });
    }
    if (slots.has(placeOf(cells))) {
      const { certificateEmail: email, device } = cells;
      errors.push({ row: line, column: 9, code: "slotTaken", facts: { email, device } });
    }
    return errors;
  });
}
