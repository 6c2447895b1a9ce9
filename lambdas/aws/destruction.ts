import type { Certificates } from "../certificates/certificate.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import { queryAll } from "./items.ts";
import { certificateOfPartition, materialKey } from "./keys.ts";
import { shardOf, shards } from "./shards.ts";

/** Where a key stands whose end is known. */
const partition = (shard: string) => `E#${shard}`;

/** The end of private keys: a sparse index of those whose end is known. */
export const destruction = (
  client: Dynamo,
  table: string,
): Pick<Certificates, "destroyKeyFrom" | "listKeysDue" | "destroyKey"> => ({
  destroyKeyFrom: ({ tenantId, certificateId, serialNumber }, at) =>
    write({
      Update: {
        TableName: table,
        Key: materialKey(tenantId, certificateId),
        UpdateExpression: "SET destroyAt = :at, expiring = :expiring",
        ConditionExpression: "attribute_exists(sealedKey)",
        ExpressionAttributeValues: { ":at": at.toISOString(), ":expiring": partition(shardOf(serialNumber)) },
      },
    }),
  listKeysDue: async (at) =>
    (
      await Promise.all(
        shards.map((shard) =>
          queryAll(client, {
            TableName: table,
            IndexName: "expiring",
            KeyConditionExpression: "expiring = :expiring AND destroyAt <= :at",
            ExpressionAttributeValues: { ":expiring": partition(shard), ":at": at },
          }),
        ),
      )
    )
      .flat()
      .map((item) => certificateOfPartition(String(item["pk"]))),
  destroyKey: (tenantId, certificateId, at, now) =>
    write({
      Update: {
        TableName: table,
        Key: materialKey(tenantId, certificateId),
        UpdateExpression: "SET destroyedAt = :now REMOVE sealedKey, sealedPassword, expiring",
        ConditionExpression: "attribute_exists(sealedKey) AND destroyAt <= :at",
        ExpressionAttributeValues: { ":at": at.toISOString(), ":now": now.toISOString() },
      },
    }),
});
