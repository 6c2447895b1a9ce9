import { companyAt, settled, unique, yamada } from "../system/company.ts";
import { product, until } from "../system/product.ts";
import { unpacked } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { type Figure, median } from "./figure.ts";
import { hosted } from "./hosted.ts";
import { fillLedger } from "./ledger.ts";

const entries = 10_000;

/** From the answer to a revocation until its serial is on the CRL at its address, with 10,000 entries on it already. */
export async function publication(): Promise<readonly Figure[]> {
  const host = await hosted();
  const at = product(host.endpoints);
  try {
    await fillLedger(host.endpoints, entries);
    await at.operator("crl publish");
    // A new stack answers before its first CRL is published.
    const published = async () => {
      const response = await fetch(`${host.endpoints.repositoryUrl}crl/subscribers.crl`);
      return response.ok ? [...unpacked(readCrl(new Uint8Array(await response.arrayBuffer())).entries)] : [];
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
