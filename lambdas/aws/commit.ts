import type { CancellationReason } from "@aws-sdk/client-dynamodb";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../refusal.ts";
import type { Commit, Write } from "../transaction/write.ts";
import { cancellationReasons } from "./errors.ts";
import type { Dynamo, TransactItem } from "./dynamo.ts";

type Conditional = { readonly item: TransactItem; readonly onConflict: () => Error };

/** Makes a write; `onConflict` makes the error that the commit fails with if the write's condition does not hold. */
export const write = (item: TransactItem, onConflict: () => Error = () => new Refusal("changedMeanwhile")): Write =>
  ({ item, onConflict }) as unknown as Write;

const attempts = 8;

/** Why DynamoDB may cancel a transaction that would succeed a little later. */
const transient = new Set<string | undefined>([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

/** True if a conflict with another transaction, or throttling, is among the reasons. */
export const isTransient = (reasons: readonly CancellationReason[]): boolean =>
  reasons.some(({ Code }) => transient.has(Code));

/**
 * Commits in one TransactWriteItems. The SDK gives each commit a ClientRequestToken, so that DynamoDB answers a request
 * that is sent again as it answered the first. Conflicts with other transactions, and throttling, are retried with
 * growing, jittered pauses; a failed condition throws its write's error.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const committer =
  (client: Dynamo): Commit =>
  async (writes) => {
    const conditional = writes as unknown as readonly Conditional[];
    for (let attempt = 1; ; attempt++) {
      try {
        await client.transact(conditional.map((one) => one.item));
        return;
      } catch (error) {
        const reasons = cancellationReasons(error);
        if (reasons === undefined) throw error;
        const failed = reasons.findIndex(({ Code }) => Code === "ConditionalCheckFailed");
        if (failed >= 0) throw conditional[failed]?.onConflict() ?? error;
        if (!isTransient(reasons) || attempt === attempts) throw error;
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  };
