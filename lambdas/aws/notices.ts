import { conditionFailed } from "./wire/aws-error.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import type { Dynamo } from "./wire/dynamo.ts";
import { write } from "./commit.ts";
import { everything, type Item, plain } from "./items.ts";
import { noticeKey } from "./keys.ts";

const shards = ["0", "1", "2", "3"] as const;
const shardOf = (noticeId: string) => String((noticeId.codePointAt(noticeId.length - 1) ?? 0) % shards.length);

/** A sent notice is kept for questions about it, and goes by itself then. */
const keptDays = 90;

/** Notices in the access table; what is not sent yet stands in a sparse index. */
export function notices(client: Dynamo, table: string): Notices {
  return {
    addNotice: (notice) =>
      write({
        Put: {
          TableName: table,
          Item: {
            ...noticeKey(notice.tenantId, notice.noticeId),
            ...notice,
            unsent: `U#${shardOf(notice.noticeId)}`,
            unsentSince: notice.createdAt,
          },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    findNotice: async (tenantId, noticeId) => {
      const found = await client.get(table, noticeKey(tenantId, noticeId));
      if (found === undefined) return undefined;
      const { unsent: _unsent, unsentSince: _since, expires: _expires, ...notice } = plain<Item>(found);
      return notice as Notice;
    },
    markSent: async (notice, sentAt) => {
      await client.update({
        TableName: table,
        Key: noticeKey(notice.tenantId, notice.noticeId),
        UpdateExpression: "SET sentAt = if_not_exists(sentAt, :sent), expires = :expires REMOVE unsent, unsentSince",
        ExpressionAttributeValues: {
          ":sent": sentAt.toISOString(),
          ":expires": Math.ceil(sentAt.getTime() / 1000) + keptDays * 86_400,
        },
      });
    },
    postponeResend: async ({ tenantId, noticeId }, at) => {
      try {
        await client.update({
          TableName: table,
          Key: noticeKey(tenantId, noticeId),
          UpdateExpression: "SET unsentSince = :at",
          ConditionExpression: "attribute_exists(unsent)",
          ExpressionAttributeValues: { ":at": at },
        });
      } catch (error) {
        if (!conditionFailed(error)) throw error;
      }
    },
    listUnsent: async (before) =>
      (
        await Promise.all(
          shards.map((shard) =>
            everything(client, {
              TableName: table,
              IndexName: "unsent",
              KeyConditionExpression: "unsent = :unsent AND unsentSince < :before",
              ExpressionAttributeValues: { ":unsent": `U#${shard}`, ":before": before },
            }),
          ),
        )
      )
        .flat()
        .map((item) => {
          const [, tenantId = "", , noticeId = ""] = String(item["pk"]).split("#");
          return { tenantId, noticeId };
        }),
  };
}
