import type { Material, Materials } from "../certificates/material.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { conditionFailed } from "./errors.ts";
import { withoutKeys } from "./items.ts";
import { materialKey } from "./keys.ts";

/** Keys and passwords, sealed. */
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
  destroyKey: (tenantId, certificateId, now) =>
    write({
      Update: {
        TableName: table,
        Key: materialKey(tenantId, certificateId),
        UpdateExpression: "SET destroyedAt = :now REMOVE sealedKey, sealedPassword",
        ConditionExpression: "attribute_exists(sealedKey)",
        ExpressionAttributeValues: { ":now": now.toISOString() },
      },
    }),
});
