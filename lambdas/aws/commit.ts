import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { setTimeout as pause } from "node:timers/promises";
import { Refusal } from "../refusal.ts";
import type { Commit, Write } from "../transaction/write.ts";
import { type AwsError, cancelled } from "./wire/aws-error.ts";
import type { Dynamo } from "./wire/dynamo.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
type Conditional = { readonly item: TransactItem; readonly lost: () => Error };

/** Makes a write; `lost` says what it means when its condition does not hold. */
export const write = (item: TransactItem, lost: () => Error = () => new Refusal("changedMeanwhile")): Write =>
  ({ item, lost }) as unknown as Write;

const attempts = 8;

/** Why DynamoDB may cancel a transaction that would go through a little later. */
const passing = new Set<string | undefined>([
  "TransactionConflict",
  "ThrottlingError",
  "ProvisionedThroughputExceeded",
]);

/** Whether cancelled by nothing but a collision with another transaction, or by too many requests at once. */
export const isPassing = ({ reasons }: AwsError): boolean => reasons.some(({ Code }) => passing.has(Code));

/**
 * Commits in one TransactWriteItems. Collisions with other transactions, and throttling, are
 * tried again with growing, jittered pauses; a failed condition throws what its write says.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
export const committer =
  (client: Dynamo): Commit =>
  async (writes) => {
    const conditional = writes as unknown as readonly Conditional[];
    for (let attempt = 1; ; attempt++) {
      try {
        await client.transact({ TransactItems: conditional.map((one) => one.item) });
        return;
      } catch (error) {
        const why = cancelled(error);
        if (why === undefined) throw error;
        const failed = why.reasons.findIndex((reason) => reason.Code === "ConditionalCheckFailed");
        if (failed >= 0) throw conditional[failed]?.lost() ?? error;
        if (!isPassing(why) || attempt === attempts) throw error;
        await pause(Math.random() * 20 * 2 ** attempt);
      }
    }
  };
