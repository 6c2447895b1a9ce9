import {
  BatchGetItemCommand,
  type BatchGetItemCommandInput,
  BatchWriteItemCommand,
  type BatchWriteItemCommandInput,
  type DynamoDBClient,
} from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import DataLoader from "dataloader";
import { setTimeout as pause } from "node:timers/promises";
import { type Item, type Key, marshallItem } from "./marshalling.ts";

type Read = { readonly table: string; readonly key: Key };
type Put = { readonly table: string; readonly item: Item };
type Reads = NonNullable<BatchGetItemCommandInput["RequestItems"]>;
type Puts = NonNullable<BatchWriteItemCommandInput["RequestItems"]>;

/** One batch holds what is asked for within one turn of the event loop, as by the messages of one delivery. */
const oneTurn = { cache: false, batchScheduleFn: setImmediate };

const nameOf = (table: string, { pk, sk }: Item): string => JSON.stringify([table, pk, sk]);

const grouped = <T extends { readonly table: string }, R>(all: readonly T[], form: (some: readonly T[]) => R) =>
  Object.fromEntries([...Map.groupBy(all, ({ table }) => table)].map(([table, some]) => [table, form(some)]));

/**
 * Consistent reads by key, those of one turn as one BatchGetItem. A key that DynamoDB does not read fails alone.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export function batchedReads(client: DynamoDBClient): (table: string, key: Key) => Promise<Item | undefined> {
  const loader = new DataLoader<Read, Item | undefined>(
    async (reads) => {
      const distinct = [...new Map(reads.map((one) => [nameOf(one.table, one.key), one])).values()];
      const answers = new Map<string, Item | Error>();
      const { left, error } = await untilProcessed<Reads>(
        grouped(distinct, (some) => ({ Keys: some.map(({ key }) => marshallItem(key)), ConsistentRead: true })),
        async (RequestItems) => {
          const { Responses = {}, UnprocessedKeys } = await client.send(new BatchGetItemCommand({ RequestItems }));
          for (const [table, items] of Object.entries(Responses))
            for (const item of items.map((one) => unmarshall(one))) answers.set(nameOf(table, item), item);
          return UnprocessedKeys;
        },
      );
      for (const [table, { Keys = [] }] of Object.entries(left))
        for (const key of Keys) answers.set(nameOf(table, unmarshall(key)), error);
      return reads.map(({ table, key }) => answers.get(nameOf(table, key)));
    },
    { ...oneTurn, maxBatchSize: 100 },
  );
  return (table, key) => loader.load({ table, key });
}

/**
 * Unconditional puts of items whose keys are all different, those of one turn as one BatchWriteItem.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchWriteItem.html
 */
export function batchedPuts(client: DynamoDBClient): (table: string, item: Item) => Promise<void> {
  const loader = new DataLoader<Put, void>(
    async (puts) => {
      const { left, error } = await untilProcessed<Puts>(
        grouped(puts, (some) => some.map(({ item }) => ({ PutRequest: { Item: marshallItem(item) } }))),
        async (RequestItems) => (await client.send(new BatchWriteItemCommand({ RequestItems }))).UnprocessedItems,
      );
      const failed = new Set(
        Object.entries(left).flatMap(([table, some]) =>
          some.map(({ PutRequest }) => nameOf(table, unmarshall(PutRequest?.Item ?? {}))),
        ),
      );
      return puts.map(({ table, item }) => (failed.has(nameOf(table, item)) ? error : undefined));
    },
    { ...oneTurn, maxBatchSize: 25 },
  );
  return (table, item) => loader.load({ table, item });
}

const attempts = 8;

/**
 * Sends a batch, and what DynamoDB leaves unprocessed of it, because a table is throttled or the answer would be too
 * large, again after growing, jittered pauses. Returns what is left in the end, and why.
 */
async function untilProcessed<Batch extends Reads | Puts>(
  batch: Batch,
  send: (some: Batch) => Promise<Batch | undefined>,
): Promise<{ readonly left: Batch | Record<string, never>; readonly error: Error }> {
  let left: Batch | Record<string, never> = batch;
  try {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      if (attempt > 1) await pause(Math.random() * 20 * 2 ** (attempt - 1));
      left = (await send(left as Batch)) ?? {};
      if (Object.keys(left).length === 0) break;
    }
  } catch (error) {
    return { left, error: error as Error };
  }
  return { left, error: new Error(`DynamoDB has left items unprocessed ${attempts} times`) };
}
