import { dynamodbAsks } from "../iam/dynamodb.ts";
import type { JsonService } from "../protocol.ts";
import { batchOperations } from "./batch.ts";
import { expiryOperations, sweep } from "./expiry.ts";
import { itemOperations } from "./items.ts";
import { queryOperations } from "./query.ts";
import { openStore } from "./store.ts";
import { tableOperations } from "./tables.ts";
import { transactionOperations } from "./transaction.ts";

const SWEEP_EVERY = 60_000;

/**
 * DynamoDB's operations on one SQLite file, created if absent. Everything that was answered survives a kill of the process.
 * `now` is in milliseconds. Expired items are deleted when the file is opened and then each minute.
 */
export function dynamodb({ file, now = Date.now }: { file: string; now?: () => number }): JsonService {
  const store = openStore(file);
  sweep(store, now());
  const timer = setInterval(() => sweep(store, now()), SWEEP_EVERY);
  timer.unref();
  return {
    name: "dynamodb",
    target: "DynamoDB_20120810",
    operations: {
      ...tableOperations(store, now),
      ...expiryOperations(store),
      ...itemOperations(store),
      ...queryOperations(store),
      ...batchOperations(store),
      ...transactionOperations(store, now),
    },
    asks: dynamodbAsks(store),
    close() {
      clearInterval(timer);
      store.close();
    },
  };
}
