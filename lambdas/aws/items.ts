import { setTimeout as pause } from "node:timers/promises";
import type { QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Dynamo } from "./wire/dynamo.ts";

export type Item = Record<string, unknown>;
export type Key = { readonly pk: string; readonly sk: string };

/** An item without its keys and index attributes. The tables hold only what the ports wrote, in the domain's own shapes. */
export function plain<T>(item: Item): T;
export function plain<T>(item: Item | undefined): T | undefined;
export function plain<T>(item: Item | undefined): T | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...rest } = item;
  return rest as T;
}

/** All pages of a query. */
export async function everything(client: Dynamo, input: QueryCommandInput): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: QueryCommandInput["ExclusiveStartKey"];
  do {
    const page = await client.query({ ...input, ...(from ? { ExclusiveStartKey: from } : {}) });
    items.push(...page.Items);
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

/** What one BatchGetItem takes. */
const keysABatch = 100;
const sideBySide = 4;
const attempts = 8;

/** Many items of a table by their keys, read consistently, in no order; missing ones are left out. */
export async function getMany(client: Dynamo, table: string, keys: readonly Key[]): Promise<readonly Item[]> {
  const distinct = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const batches: (readonly Key[])[] = [];
  for (let at = 0; at < distinct.length; at += keysABatch) batches.push(distinct.slice(at, at + keysABatch));
  const found: Item[] = [];
  for (let at = 0; at < batches.length; at += sideBySide) {
    const some = batches.slice(at, at + sideBySide).map((batch) => getBatch(client, table, batch));
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}

/**
 * One batch. What DynamoDB leaves unprocessed, because the table is throttled or the answer would be too
 * large, is asked for again with growing, jittered pauses.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
async function getBatch(client: Dynamo, table: string, keys: readonly Key[]): Promise<readonly Item[]> {
  const found: Item[] = [];
  let wanted = [...keys];
  for (let attempt = 1; ; attempt++) {
    const { found: items, left } = await client.getMany(table, wanted);
    found.push(...items);
    wanted = [...left] as Key[];
    if (wanted.length === 0) return found;
    // A large answer comes in parts at once; only what brought nothing is counted and waited for.
    if (items.length > 0) attempt = 0;
    else if (attempt === attempts) throw new Error(`DynamoDB left ${wanted.length} keys of ${table} unread`);
    else await pause(Math.random() * 20 * 2 ** attempt);
  }
}
