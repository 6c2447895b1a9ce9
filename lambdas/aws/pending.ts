import type { Pending } from "../certificates/certificate.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { queryAll } from "./items.ts";
import { certificateKey, certificateOfPartition } from "./keys.ts";
import { shards } from "./shards.ts";

/** Issuances that are not finished: a sparse index of the rows. */
export const pending = (client: Dynamo, table: string): Pending => ({
  list: async (before) =>
    (
      await Promise.all(
        shards.map((shard) =>
          queryAll(client, {
            TableName: table,
            IndexName: "pending",
            KeyConditionExpression: "pending = :pending AND pendingSince < :before",
            ExpressionAttributeValues: { ":pending": `P#${shard}`, ":before": before },
          }),
        ),
      )
    )
      .flat()
      .map((item) => certificateOfPartition(String(item["pk"]))),
  markResent: async ({ tenantId, certificateId }, at, alone) => {
    try {
      await client.update({
        TableName: table,
        Key: certificateKey(tenantId, certificateId),
        UpdateExpression: `SET requeuedAt = :at${alone ? ", resentAt = if_not_exists(resentAt, :at)" : ""}`,
        ConditionExpression: "attribute_exists(pending)",
        ExpressionAttributeValues: { ":at": at },
      });
    } catch (error) {
      if (!conditionFailed(error)) throw error;
    }
  },
});
