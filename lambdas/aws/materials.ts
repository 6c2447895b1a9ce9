import type { Material, Materials } from "../certificates/material.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { queryAll, withoutKeys } from "./items.ts";
import { certificateOfPartition, materialKey } from "./keys.ts";
import { shardOf, shards } from "./shards.ts";

/** The partition of the sparse index of keys whose end is known. */
const partition = (shard: string) => `E#${shard}`;

/** Keys and passwords, sealed, and their end. */
export const materials = (client: Dynamo, table: string): Materials => ({
  find: async (tenantId, certificateId) => {
    const item = await client.get(table, materialKey(tenantId, certificateId));
    return item?.["tbs"] === undefined ? undefined : withoutKeys<Material>(item);
  },
  keep: async (tenantId, certificateId, material) => {
    const item = { ...materialKey(tenantId, certificateId), ...material };
    try {
      await client.put({ TableName: table, Item: item, ConditionExpression: "attribute_not_exists(pk)" });
      return true;
    } catch (error) {
      if (conditionFailed(error)) return false;
      throw error;
    }
  },
  retire: (tenantId, certificateId) =>
    write({
      Put: {
        TableName: table,
        Item: { ...materialKey(tenantId, certificateId), retired: true },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    }),
  withdraw: (tenantId, certificateId, now) =>
    write({
      Update: {
        TableName: table,
        Key: materialKey(tenantId, certificateId),
        UpdateExpression: "SET destroyedAt = :now REMOVE sealedKey, sealedPassword, expiring",
        ConditionExpression: "attribute_exists(sealedKey)",
        ExpressionAttributeValues: { ":now": now.toISOString() },
      },
    }),
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
