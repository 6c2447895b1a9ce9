import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { placeOf, type RegistryLookUps } from "../imports/registry-errors.ts";
import type { Slot, Subscriber } from "../registry/subscriber.ts";
import type { Dynamo } from "./clients.ts";
import { type Item, plain } from "./items.ts";
import { slotKey, subscriberKey } from "./keys.ts";

type Key = { readonly pk: string; readonly sk: string };
/** What one BatchGetItem takes. */
const keysABatch = 100;
const sideBySide = 4;

/** Many items of a table by their keys, read consistently; missing ones are left out. */
export async function getMany(client: Dynamo, table: string, keys: readonly Key[]): Promise<readonly Item[]> {
  const distinct = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const batches: (readonly Key[])[] = [];
  for (let at = 0; at < distinct.length; at += keysABatch) batches.push(distinct.slice(at, at + keysABatch));
  const found: Item[] = [];
  const getBatch = async (batch: readonly Key[]): Promise<void> => {
    let wanted = [...batch];
    while (wanted.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      found.push(...(Responses?.[table] ?? []));
      wanted = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof wanted;
    }
  };
  for (let at = 0; at < batches.length; at += sideBySide)
    await Promise.all(batches.slice(at, at + sideBySide).map(getBatch));
  return found;
}

/** A file's subscribers and slots in the registry table, a hundred a read. */
export function registryLookUps(client: Dynamo, table: string): RegistryLookUps {
  return {
    findSubscribers: async (tenantId, serviceId, mails) => {
      const keys = mails.map((primaryEmail) => subscriberKey({ tenantId, serviceId, primaryEmail }));
      const items = (await getMany(client, table, keys)).map((item) => plain<Subscriber>(item));
      return new Map(items.map((subscriber) => [subscriber.primaryEmail.toLowerCase(), subscriber]));
    },
    findSlots: async (tenantId, serviceId, places) => {
      const keys = places.map((place) => slotKey({ tenantId, serviceId, ...place }));
      const items = (await getMany(client, table, keys)).map((item) => plain<Slot>(item));
      return new Map(items.map((slot) => [placeOf(slot), slot]));
    },
  };
}
