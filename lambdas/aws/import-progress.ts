import type { UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import type { Progress, QueuedJob } from "../imports/job.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { jobKey, queueKey, queuePartition } from "./import-keys.ts";
import { queryPartition, withoutKeys } from "./items.ts";
import type { PlainInput } from "./marshalling.ts";

/** Progress on the jobs' own items, and the queue over all tenants. */
export function progress(client: Dynamo, table: string): Progress {
  return {
    claimTurn: async (job, turn, at) =>
      holds({
        Key: jobKey(job),
        UpdateExpression: "SET #state = :running, turn = :next, advancedAt = :at",
        ConditionExpression: "#state IN (:accepted, :running) AND turn <= :turn",
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":accepted": "accepted",
          ":running": "running",
          ":turn": turn,
          ":next": turn + 1,
          ":at": at,
        },
      }),
    save: async (job, { at, sentThrough, ended: seen, pace, moved }) => {
      // An advance that was late saw less.
      await holds({
        Key: jobKey(job),
        UpdateExpression: `SET sentThrough = :sent, ended = :ended, pace = :pace${moved ? ", movedAt = :at" : ""}`,
        ConditionExpression: "sentThrough <= :sent AND ended <= :ended",
        ExpressionAttributeValues: {
          ":sent": sentThrough,
          ":ended": seen,
          ":pace": pace,
          ...(moved ? { ":at": at } : {}),
        },
      });
      if (job.acceptedAt === undefined) return;
      await holds({
        Key: queueKey(job, job.acceptedAt),
        UpdateExpression: "SET ended = :ended, pace = :pace",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":ended": seen, ":pace": pace },
      });
    },
    saveReleasedLicences: (job, freed) =>
      write({
        Update: {
          TableName: table,
          Key: jobKey(job),
          UpdateExpression: "SET freed = :freed",
          ConditionExpression: job.freed === undefined ? "attribute_not_exists(freed)" : "freed = :before",
          ExpressionAttributeValues: { ":freed": freed, ...(job.freed === undefined ? {} : { ":before": job.freed }) },
        },
      }),
    listQueue: async () =>
      (await queryPartition(client, table, queuePartition)).map((item) => withoutKeys<QueuedJob>(item)),
  };

  /** Updates on a condition; false when it does not hold. */
  async function holds(update: Omit<PlainInput<UpdateItemCommandInput>, "TableName">): Promise<boolean> {
    try {
      await client.update({ TableName: table, ...update });
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  }
}
