import { randomBytes } from "node:crypto";
import type { Audit } from "../transaction/audit.ts";
import { write } from "./commit.ts";

/** The audit table: a partition per tenant and day, put only; the functions have no other right to it. */
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
