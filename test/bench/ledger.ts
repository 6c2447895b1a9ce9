import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { sideBySide } from "../../lambdas/async/side-by-side.ts";
import type { Hosted } from "./hosted.ts";

/** Revocations of certificates that were never made: the ledger's own items, as the product writes them, an hour ago. */
export async function fillLedger({ aws, resources }: Hosted["endpoints"], entries: number): Promise<void> {
  const client = new DynamoDBClient({
    region: aws.region,
    credentials: aws.credentials,
    endpoint: aws.endpoints.dynamodb,
  });
  const table = resources["LedgerTable"] ?? "";
  const revokedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000).toISOString();
  const item = () => {
    const serialNumber = newSerial();
    const text = {
      pk: `L#subscribers#${parseInt(serialNumber.slice(-1), 16) % 8}`,
      sk: `${revokedAt}#${serialNumber}`,
      issuer: "subscribers",
      serialNumber,
      revokedAt,
      reason: "superseded",
      notAfter: "2031-01-01T00:00:00.000Z",
    };
    return { PutRequest: { Item: Object.fromEntries(Object.entries(text).map(([name, S]) => [name, { S }])) } };
  };
  const batches = Array.from({ length: Math.ceil(entries / 25) }, () => 25);
  await sideBySide(4, batches, async (size) => {
    const requests = Array.from({ length: size }, item);
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  });
  client.destroy();
}
