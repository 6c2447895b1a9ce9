import type { Digest, Digests } from "../revocation/digest.ts";
import type { Dynamo } from "./wire/dynamo.ts";
import { write } from "./commit.ts";
import { everything, type Item, plain } from "./items.ts";
import { digestKey } from "./keys.ts";

/** Its own partition of the sparse index of what is owed, beside that of the notices. */
const untold = "G";

/** Digests in the access table: one per tenant while there is something to tell. */
export const digests = (client: Dynamo, table: string): Digests => ({
  addToDigest: (tenantId, certificateId, listed, now) =>
    write({
      Update: {
        TableName: table,
        Key: digestKey(tenantId),
        UpdateExpression:
          "SET tenantId = :tenant, unsent = :untold, unsentSince = :now, certificateIds = list_append(if_not_exists(certificateIds, :none), :ids) ADD #count :one",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: {
          ":tenant": tenantId,
          ":untold": untold,
          ":now": now.toISOString(),
          ":none": [],
          ":ids": listed ? [certificateId] : [],
          ":one": 1,
        },
      },
    }),
  findDigest: async (tenantId) => {
    const found = await client.get(table, digestKey(tenantId));
    if (found === undefined) return undefined;
    const { unsent: _unsent, unsentSince: _since, ...digest } = plain<Item>(found);
    return digest as Digest;
  },
  endDigest: ({ tenantId, count, certificateIds }) =>
    write({
      Delete: {
        TableName: table,
        Key: digestKey(tenantId),
        // The ids too: another digest may have come to the same count.
        ConditionExpression: "#count = :count AND certificateIds = :ids",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":count": count, ":ids": certificateIds },
      },
    }),
  listUnsent: async (before) => {
    const found = await everything(client, {
      TableName: table,
      IndexName: "unsent",
      KeyConditionExpression: "unsent = :untold AND unsentSince < :before",
      ExpressionAttributeValues: { ":untold": untold, ":before": before },
    });
    return found.map((item) => String(item["pk"]).split("#")[1] ?? "");
  },
});
