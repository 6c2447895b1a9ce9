import { conditionFailed } from "./errors.ts";
import type { Notice, Notices } from "../notices/notice.ts";
import type { Dynamo } from "./dynamo.ts";
import { write } from "./commit.ts";
import type { Item } from "./marshalling.ts";
import { getMany, queryAll, withoutKeys } from "./items.ts";
import { certificatePartition, noticeKey } from "./keys.ts";

const shards = ["0", "1", "2", "3"] as const;
const shardOf = (noticeId: string) => String((noticeId.codePointAt(noticeId.length - 1) ?? 0) % shards.length);

/** Days that a sent notice is kept for questions about it; a holder's, counted from the certificate's end. */
const keptDays = 90;
const keptUntil = ({ holder }: Notice, sentAt: Date): number =>
  Math.ceil(Math.max(sentAt.getTime(), Date.parse(holder?.notAfter ?? "") || 0) / 1000) + keptDays * 86_400;

const ofItem = (item: Item): Notice => {
  const {
    unsent: _unsent,
    unsentSince: _since,
    expires: _expires,
    ofCertificate: _of,
    ...notice
  } = withoutKeys<Item>(item);
  return notice as Notice;
};

/**
 * Notices in the access table. Two sparse indexes find them: `unsent` what is not sent yet, `byCertificate` what went to
 * a certificate's holder.
 */
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
            ...(notice.holder === undefined
              ? {}
              : { ofCertificate: certificatePartition(notice.tenantId, notice.certificateIds[0] ?? "") }),
          },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      }),
    findNotice: async (tenantId, noticeId) => {
      const found = await client.get(table, noticeKey(tenantId, noticeId));
      return found === undefined ? undefined : ofItem(found);
    },
    markSent: async (notice, sentAt) => {
      await client.update({
        TableName: table,
        Key: noticeKey(notice.tenantId, notice.noticeId),
        UpdateExpression: "SET sentAt = if_not_exists(sentAt, :sent), expires = :expires REMOVE unsent, unsentSince",
        ExpressionAttributeValues: {
          ":sent": sentAt.toISOString(),
          ":expires": keptUntil(notice, sentAt),
        },
      });
    },
    listOf: async ({ tenantId, certificateId }) => {
      const found = await queryAll(client, {
        TableName: table,
        IndexName: "byCertificate",
        KeyConditionExpression: "ofCertificate = :certificate",
        ExpressionAttributeValues: { ":certificate": certificatePartition(tenantId, certificateId) },
      });
      const keys = found.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
      const notices = (await getMany(client, table, keys)).map(ofItem);
      return notices.toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
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
            queryAll(client, {
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
