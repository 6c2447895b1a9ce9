import { checkPublication, nextEntries } from "../../lambdas/pki/crl-publication.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { validFrom } from "../../lambdas/pki/signing-time.ts";
import { authorities } from "../pki/authorities.ts";
import { type Figure, median } from "./figure.ts";

const count = 100_000;

/** A list of 100,000 entries from sorted rows in memory, built and checked; the signature is the KMS's and not counted. */
export async function crl(): Promise<readonly Figure[]> {
  const { issuing } = await authorities();
  const ledger = Array.from({ length: count }, (_, at) => ({
    serialNumber: `10${at.toString(16).padStart(30, "0")}`,
    revokedAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000),
    reason: "keyCompromise" as const,
    notAfter: new Date("2031-01-01T00:00:00Z"),
  }));
  const signedAt = new Date("2026-11-22T00:00:00Z");
  const seconds: number[] = [];
  for (let run = 1; run <= 7; run++) {
    const before = process.cpuUsage();
    const entries = nextEntries({ ledger, published: undefined, thisUpdate: validFrom(signedAt) });
    const tbs = crlTbs({
      issuerCertificate: issuing.certificate,
      number: run,
      signedAt,
      lifetime: 24 * 3_600_000,
      entries,
    });
    const built = process.cpuUsage(before);
    const der = await signCrl(tbs, issuing.signerFor(tbs), issuing.certificate);
    const again = process.cpuUsage();
    checkPublication(der, undefined, ledger, issuing.certificate);
    const checked = process.cpuUsage(again);
    seconds.push((built.user + built.system + checked.user + checked.system) / 1e6);
  }
  return [
    { name: "CPU for a CRL of 100,000 entries, built and checked", value: median(seconds), unit: "s", limit: 0.3 },
  ];
}
