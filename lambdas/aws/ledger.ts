import type { Ledger, LedgerEntry } from "../certificates/ledger.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import { queryAll, withoutKeys } from "./items.ts";
import { shardOf, shards } from "./shards.ts";

/** The revocation ledger, a table of its own: items are only ever added, and read consistently from the table itself. */
export const ledger = (client: Dynamo, table: string): Ledger => ({
  add: (entry) =>
    write({
      Put: {
        TableName: table,
        Item: {
          pk: `L#${entry.issuer}#${shardOf(entry.serialNumber)}`,
          sk: `${entry.revokedAt}#${entry.serialNumber}`,
          ...entry,
        },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    }),
  read: async (issuer, since) => {
    const found = await Promise.all(
      shards.map((shard) =>
        queryAll(client, {
          TableName: table,
          KeyConditionExpression: `pk = :pk${since === undefined ? "" : " AND sk >= :since"}`,
          ExpressionAttributeValues: {
            ":pk": `L#${issuer}#${shard}`,
            ...(since === undefined ? {} : { ":since": since }),
          },
          ConsistentRead: true,
        }),
      ),
    );
    return found.flat().map((item) => withoutKeys<LedgerEntry>(item));
  },
});
