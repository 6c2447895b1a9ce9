import type { Digest, DigestKey, Digests } from "../revocation/digest.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import type { Item } from "./marshalling.ts";
import { queryAll, withoutKeys } from "./items.ts";
import { digestKey, digestOfPartition } from "./keys.ts";

/** Its own partition of the sparse index of what is unsent, beside that of the notices. */
const unsent = "G";

/** Digests in the access table: one per act until its mail is written. */
export const digests = (client: Dynamo, table: string): Digests => ({
  addToDigest: (key, act, listed, count, now) =>
    write({
      Update: {
        TableName: table,
        Key: digestKey(key),
        UpdateExpression:
          "SET tenantId = :tenant, digestId = :digest, act = :act, unsent = :unsent, unsentSince = :now, entries = list_append(if_not_exists(entries, :none), :entries) ADD #count :added",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: {
          ":tenant": key.tenantId,
          ":digest": key.digestId,
          ":act": act,
          ":unsent": unsent,
          ":now": now.toISOString(),
          ":none": [],
          ":entries": listed,
          ":added": count,
        },
      },
    }),
  findDigest: async (key) => {
    const found = await client.get(table, digestKey(key));
    if (found === undefined) return undefined;
    const { unsent: _unsent, unsentSince: _since, ...digest } = withoutKeys<Item>(found);
    return digest as Digest;
  },
  endDigest: ({ count, entries, ...key }) =>
    write({
      Delete: {
        TableName: table,
        Key: digestKey(key),
        // The entries too: another digest may have come to the same count.
        ConditionExpression: "#count = :count AND entries = :entries",
        ExpressionAttributeNames: { "#count": "count" },
        ExpressionAttributeValues: { ":count": count, ":entries": entries },
      },
    }),
  listUnsent: async (before) => {
    const found = await queryAll(client, {
      TableName: table,
      IndexName: "unsent",
      KeyConditionExpression: "unsent = :unsent AND unsentSince < :before",
      ExpressionAttributeValues: { ":unsent": unsent, ":before": before },
    });
    return found.map((item): DigestKey => digestOfPartition(String(item["pk"])));
  },
});
