import type { QueryCommandInput } from "@aws-sdk/client-dynamodb";
import type { Dynamo } from "./dynamo.ts";
import type { Item, Key, PlainInput } from "./marshalling.ts";

/** An item without its keys. The tables hold only what the ports wrote, in the domain's own shapes. */
export function withoutKeys<T>(item: Item): T;
export function withoutKeys<T>(item: Item | undefined): T | undefined;
export function withoutKeys<T>(item: Item | undefined): T | undefined {
  if (item === undefined) return undefined;
  const { pk: _pk, sk: _sk, ...rest } = item;
  return rest as T;
}

/** The pages of a query, one at a time: at most 1 MB of items each. */
export async function* queryPages(
  client: Dynamo,
  input: PlainInput<QueryCommandInput>,
): AsyncGenerator<readonly Item[]> {
  let from: Item | undefined;
  do {
    const page = await client.query({ ...input, ...(from ? { ExclusiveStartKey: from } : {}) });
    yield page.Items;
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

/** All items of a query. */
export async function queryAll(client: Dynamo, input: PlainInput<QueryCommandInput>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of queryPages(client, input)) items.push(...page);
  return items;
}

/** All items of a partition, read consistently. */
export const queryPartition = (client: Dynamo, table: string, pk: string): Promise<readonly Item[]> =>
  queryAll(client, {
    TableName: table,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": pk },
    ConsistentRead: true,
  });

/** Four full BatchGetItems side by side. */
const keysAtOnce = 400;

/** Items of a table by their keys, in no order; missing ones are left out. */
export async function getMany(client: Dynamo, table: string, keys: readonly Key[]): Promise<readonly Item[]> {
  const distinct = [...new Map(keys.map((key) => [`${key.pk} ${key.sk}`, key])).values()];
  const found: (Item | undefined)[] = [];
  for (let at = 0; at < distinct.length; at += keysAtOnce) {
    const some = distinct.slice(at, at + keysAtOnce);
    found.push(...(await Promise.all(some.map((key) => client.get(table, key)))));
  }
  return found.filter((item) => item !== undefined);
}
