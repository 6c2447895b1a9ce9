import { BatchWriteItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { companyAt, settled, unique, yamada } from "../system/company.ts";
import { product, until } from "../system/product.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { type Figure, median } from "./figure.ts";
import { hosted } from "./hosted.ts";

const entries = 10_000;

/** From the answer to a revocation until its serial is on the CRL at its address, with 10,000 entries on it already. */
export async function publication(): Promise<readonly Figure[]> {
  const host = await hosted();
  const at = product(host.endpoints);
  try {
    await fillLedger(host.endpoints);
    await at.operator("crl publish");
    // A new stack answers before its first CRL is published.
    const published = async () => {
      const response = await fetch(`${host.endpoints.repositoryUrl}crl/subscribers.crl`);
      return response.ok ? readCrl(new Uint8Array(await response.arrayBuffer())).entries : [];
    };
    await until("the long CRL", async () => (await published()).length >= entries, 120);
    const by = await companyAt(at);
    const seconds: number[] = [];
    for (let run = 0; run < 5; run++) {
      const { certificates } = await by.call("registerSubscriber", {
        params: by,
        body: yamada(`p-${unique()}@mytest.jp`, "01"),
      });
      const { certificateId = "", serialNumber = "" } = certificates[0] ?? {};
      await settled(by, certificateId);
      const began = performance.now();
      await by.call("revokeCertificate", { params: { certificateId }, body: {} });
      await until("the serial on the CRL", async () =>
        (await published()).some((entry) => entry.serialNumber === serialNumber),
      );
      seconds.push((performance.now() - began) / 1000);
    }
    return [
      {
        name: "revocation to the published CRL of 10,000 entries, median",
        value: median(seconds),
        unit: "s",
        limit: 5,
      },
    ];
  } finally {
    await host.stop();
  }
}

/** Revocations of certificates that were never made: the ledger's own items, written as the product writes them. */
async function fillLedger({ aws, resources }: Awaited<ReturnType<typeof hosted>>["endpoints"]): Promise<void> {
  const client = new DynamoDBClient({
    region: aws.region,
    credentials: aws.credentials,
    endpoint: aws.endpoints.dynamodb,
  });
  const table = resources["LedgerTable"] ?? "";
  const revokedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 3_600_000).toISOString();
  for (let from = 0; from < entries; from += 25) {
    const requests = Array.from({ length: 25 }, (_, more) => {
      const serialNumber = `1${(from + more).toString(16).padStart(31, "0")}`;
      const text = {
        issuer: "subscribers",
        serialNumber,
        revokedAt,
        reason: "superseded",
        notAfter: "2031-01-01T00:00:00.000Z",
      };
      const shard = parseInt(serialNumber.slice(-1), 16) % 8;
      const item = { pk: `L#subscribers#${shard}`, sk: `${revokedAt}#${serialNumber}`, ...text };
      return { PutRequest: { Item: Object.fromEntries(Object.entries(item).map(([name, S]) => [name, { S }])) } };
    });
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
  client.destroy();
}
