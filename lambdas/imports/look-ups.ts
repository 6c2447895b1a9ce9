import type { SlotCells } from "./files/rows.ts";
import type { FindClaims } from "../registry/claim.ts";
import type { Slot, Subscriber } from "../registry/subscriber.ts";

/** Many look-ups in one call, so that a file of 10,000 rows costs about a hundred reads. */
export type RegistryLookUps = {
  /** The known ones of these primary mails, by the mail in lower case. */
  findSubscribers(
    tenantId: string,
    serviceId: string,
    mails: readonly string[],
  ): Promise<ReadonlyMap<string, Subscriber>>;
  readonly findClaims: FindClaims;
  /** The existing ones of these slots, by `slotOf`. */
  findSlots(tenantId: string, serviceId: string, slots: readonly SlotCells[]): Promise<ReadonlyMap<string, Slot>>;
};
