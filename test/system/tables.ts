/** What is in the tables and no caller is shown. */
import { createHash } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { materialKey } from "../../lambdas/aws/keys.ts";
import type { Company } from "./company.ts";
import { endpoints } from "./system.ts";

const { aws, resources } = endpoints;
const client = DynamoDBDocumentClient.from(
  new DynamoDBClient({ region: aws.region, credentials: aws.credentials, endpoint: aws.endpoints.dynamodb }),
);

/** What is remembered of an administrator's call with this Idempotency-Key. */
export async function remembered(by: Company, idempotencyKey: string): Promise<Record<string, unknown>> {
  const key = createHash("sha256").update(`${by.administratorId}\0${idempotencyKey}`).digest("hex");
  const Key = { pk: `I#${key}`, sk: "answer" };
  const { Item } = await client.send(
    new GetCommand({ TableName: resources["AccessTable"], Key, ConsistentRead: true }),
  );
  if (Item === undefined) throw new Error(`nothing is remembered of ${idempotencyKey}`);
  return Item;
}

/** The audit's lines of a tenant of today and yesterday, oldest first. */
export async function auditLines(tenantId: string): Promise<readonly Record<string, unknown>[]> {
  const days = [86_400_000, 0].map((ago) => new Date(Date.now() - ago).toISOString().slice(0, 10));
  const found = await Promise.all(
    days.map((day) =>
      client.send(
        new QueryCommand({
          TableName: resources["AuditTable"],
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": `T#${tenantId}#D#${day}` },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return found.flatMap(({ Items = [] }) => Items);
}

/** Those about one thing. */
export const audited = async (
  by: Company,
  action: string,
  subject: string,
): Promise<readonly Record<string, unknown>[]> =>
  (await auditLines(by.tenantId)).filter((one) => one["action"] === action && one["subject"] === subject);

/** The sealed key and password of a certificate, and what is kept beside them. */
export async function materialOf(tenantId: string, certificateId: string): Promise<Record<string, unknown>> {
  const Key = materialKey(tenantId, certificateId);
  const { Item } = await client.send(
    new GetCommand({ TableName: resources["MaterialsTable"], Key, ConsistentRead: true }),
  );
  if (Item === undefined) throw new Error(`no material of ${certificateId}`);
  return Item;
}
