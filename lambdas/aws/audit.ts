import { randomBytes } from "node:crypto";
import type { Audit, AuditHistory, AuditLine } from "../transaction/audit.ts";
import { write } from "./commit.ts";
import type { Dynamo } from "./dynamo.ts";
import { withoutKeys } from "./items.ts";

/** The audit table: a partition per tenant and day, put only; an index by subject is all that can be read. */
export function audit(table: string): Audit {
  return {
    record: ({ at, ...entry }) => {
      const instant = at.toISOString();
      return write({
        Put: {
          TableName: table,
          Item: {
            pk: `T#${entry.tenantId}#D#${instant.slice(0, 10)}`,
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

/** The audit's lines by what they are about, read from the index: no function may read the table itself. */
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
