import { expect, describe } from "vitest";
import type { CertificateRow } from "../../lambdas/contract/shapes.ts";
import { itWith, program } from "../program.ts";
import { file, folder, published, revokedSerials, run } from "./outside.ts";
import { operator, until } from "./system.ts";
import { company, settled, unique, yamada } from "./tenant.ts";

const openssl = program("openssl", "openssl");
const by = await company();
const devices = ["01", "11", "12", "20", "99"] as const;

type Health = { readonly queues: readonly { name: string; waiting: number; inFlight: number }[] };

/** Number of the published CRL, as openssl reads it. */
async function crlNumber(at: string): Promise<number> {
  const der = file(at, "number.crl", await published("crl/subscribers.crl"));
  const text = run("openssl", "crl", "-inform", "DER", "-in", der, "-noout", "-crlnumber");
  const [, number = ""] = /crlNumber=(?:0x)?([0-9A-F]+)/i.exec(text) ?? [];
  return parseInt(number, 16);
}

describe("many revocations within seconds", () => {
  itWith(openssl, "are few publications, and every one is on the CRL within five seconds of the last", async () => {
    const rows: CertificateRow[] = [];
    for (let n = 0; n < 4; n++) {
      const body = yamada(`taro-${unique()}@mytest.jp`, ...devices);
      rows.push(...(await by.call("registerSubscriber", { params: by, body })).certificates);
    }
    for (const { certificateId } of rows) await settled(by, certificateId);
    const at = folder();
    const before = await crlNumber(at);
    await Promise.all(
      rows.map(({ certificateId }) => by.call("revokeCertificate", { params: { certificateId }, body: {} })),
    );
    const asked = Date.now();
    await until("all serials on the CRL", async () => {
      const serials = new Set(await revokedSerials(at, "subscribers"));
      return rows.every(({ serialNumber }) => serials.has(serialNumber));
    });
    expect(Date.now() - asked).toBeLessThan(5_000);
    await until("the requests to be worked off", async () => {
      const { queues } = await operator<Health>("health");
      return queues.some(({ name, waiting, inFlight }) => name === "publication" && waiting + inFlight === 0);
    });
    const rise = (await crlNumber(at)) - before;
    expect(rise).toBeGreaterThan(0);
    // Twenty were asked for. Tests beside this one may have asked for some as well.
    expect(rise).toBeLessThan(10);
  });
});
