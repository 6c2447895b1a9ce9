import type { Ledger, LedgerEntry } from "../certificates/ledger.ts";
import type { Issuer } from "../certificates/certificate.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import { queryPages } from "./items.ts";
import { shardOf, shards } from "./shards.ts";

/** The revocation ledger, a table of its own: items are only ever added, and read consistently from the table itself. */
export const ledger = (client: Dynamo, table: string): Ledger => {
  const each: Ledger["each"] = async (issuer, since, take) => {
    await Promise.all(shards.map((shard) => readShard(shard, issuer, since, take)));
  };
  /** The sort key begins with the instant, so that those since one are a range. */
  const readShard = async (
    shard: string,
    issuer: Issuer,
    since: string | undefined,
    take: Parameters<typeof each>[2],
  ) => {
    const pages = queryPages(client, {
      TableName: table,
      KeyConditionExpression: `pk = :pk${since === undefined ? "" : " AND sk >= :since"}`,
      ExpressionAttributeValues: {
        ":pk": `L#${issuer}#${shard}`,
        ...(since === undefined ? {} : { ":since": since }),
      },
      // What is not read here is not sent: of a million entries that is half of the octets, and half of the work.
      ProjectionExpression: "serialNumber, revokedAt, reason, notAfter",
      ConsistentRead: true,
    });
    for await (const page of pages) for (const item of page) take(item as Omit<LedgerEntry, "issuer">);
  };
  return {
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
    each,
    read: async (issuer, since) => {
      const entries: LedgerEntry[] = [];
      await each(issuer, since, (entry) => entries.push({ issuer, ...entry }));
      return entries;
    },
  };
};
