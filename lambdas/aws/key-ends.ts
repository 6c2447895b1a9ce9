import type { KeyEnds } from "../certificates/certificate.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { queryAll } from "./items.ts";
import { certificateKey, certificateOfPartition } from "./keys.ts";
import { shards } from "./shards.ts";

/** The ends of private keys: a sparse index of the rows. */
export const keyEnds = (client: Dynamo, table: string): KeyEnds => ({
  listDue: async (at) =>
    (
      await Promise.all(
        shards.map((shard) =>
          queryAll(client, {
            TableName: table,
            IndexName: "keyEnds",
            KeyConditionExpression: "keyEnds = :ends AND keyEndsAt <= :at",
            ExpressionAttributeValues: { ":ends": `E#${shard}`, ":at": at },
          }),
        ),
      )
    )
      .flat()
      .map((item) => certificateOfPartition(String(item["pk"]))),
  settle: async ({ tenantId, certificateId, keyEndsAt }) => {
    try {
      await client.update({
        TableName: table,
        Key: certificateKey(tenantId, certificateId),
        UpdateExpression: "REMOVE keyEnds",
        ConditionExpression: "keyEndsAt = :end",
        ExpressionAttributeValues: { ":end": keyEndsAt },
      });
    } catch (error) {
      if (!conditionFailed(error)) throw error;
    }
  },
});
