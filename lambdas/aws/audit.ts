import { randomBytes } from "node:crypto";
import type { Audit, AuditDays, AuditHistory, AuditLine } from "../transaction/audit.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { withoutKeys } from "./items.ts";

/** A partition per tenant and day. */
const partition = (tenantId: string, day: string): string => `T#${tenantId}#D#${day}`;

/** The audit table, put only. */
export function audit(table: string): Audit {
  return {
    record: ({ at, ...entry }) => {
      const instant = at.toISOString();
      return write({
        Put: {
          TableName: table,
          Item: {
            pk: partition(entry.tenantId, instant.slice(0, 10)),
            sk: `${instant}#${randomBytes(8).toString("hex")}`,
            at: instant,
            ...entry,
          },
          ConditionExpression: "attribute_not_exists(pk)",
        },
      });
    },
  };
}

/** The audit's lines by what they are about, read from the index. */
export const auditHistory = (client: Dynamo, table: string): AuditHistory => ({
  listAbout: async (tenantId, subject, limit) => {
    const { Items } = await client.query({
      TableName: table,
      IndexName: "bySubject",
      KeyConditionExpression: "subject = :subject",
      ExpressionAttributeValues: { ":subject": subject },
      ScanIndexForward: false,
      Limit: limit,
    });
    // The subject is the caller's, which was found under the tenant before; another's line is still never shown.
    return Items.map((item) => withoutKeys<AuditLine>(item)).filter((line) => line.tenantId === tenantId);
  },
});

/** The audit's lines by tenant and day. */
export const auditDays = (client: Dynamo, table: string): AuditDays => ({
  page: async (tenantId, day, limit, after, first = "oldest") => {
    const pk = partition(tenantId, day);
    const { Items, LastEvaluatedKey } = await client.query({
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": pk },
      ConsistentRead: true,
      ScanIndexForward: first === "oldest",
      Limit: limit,
      ...(after === undefined ? {} : { ExclusiveStartKey: { pk, sk: after } }),
    });
    const next = LastEvaluatedKey?.["sk"];
    return {
      lines: Items.map((item) => withoutKeys<AuditLine>(item)),
      next: typeof next === "string" ? next : undefined,
    };
  },
});
