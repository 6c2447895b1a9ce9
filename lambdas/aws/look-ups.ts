import { slotOf } from "../imports/files/rows.ts";
import type { RegistryLookUps } from "../imports/look-ups.ts";
import type { Slot, Subscriber } from "../registry/subscriber.ts";
import { claims } from "./claims.ts";
import type { Dynamo } from "./dynamo.ts";
import { getMany, withoutKeys } from "./items.ts";
import { slotKey, subscriberKey } from "./keys.ts";

/** A file's subscribers and slots in the registry table, a hundred a read. */
export function registryLookUps(client: Dynamo, table: string): RegistryLookUps {
  return {
    findClaims: claims(client, table).findClaims,
    findSubscribers: async (tenantId, serviceId, mails) => {
      const keys = mails.map((primaryEmail) => subscriberKey({ tenantId, serviceId, primaryEmail }));
      const items = (await getMany(client, table, keys)).map((item) => withoutKeys<Subscriber>(item));
      return new Map(items.map((subscriber) => [subscriber.primaryEmail.toLowerCase(), subscriber]));
    },
    findSlots: async (tenantId, serviceId, slots) => {
      const keys = slots.map((slot) => slotKey({ tenantId, serviceId, ...slot }));
      const items = (await getMany(client, table, keys)).map((item) => withoutKeys<Slot>(item));
      return new Map(items.map((slot) => [slotOf(slot), slot]));
    },
  };
}
