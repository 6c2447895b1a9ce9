import { packer, type Revocations } from "../../lambdas/pki/crl-entries.ts";
import { checkPublication, nextEntries, readPublishedCrl } from "../../lambdas/pki/crl-publication.ts";
import type { Crl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { validFrom } from "../../lambdas/pki/signing-time.ts";
import { authorities } from "../pki/authorities.ts";
import { type Figure, median } from "./figure.ts";

/** Lists of 100,000 and of 1,000,000 entries, built and checked; the signature is the KMS's, and what is read is measured by `longCrl`. */
export async function crl(): Promise<readonly Figure[]> {
  return [...(await listOf(100_000, 0.3)), ...(await listOf(1_000_000, 2))];
}

async function listOf(count: number, limit: number): Promise<readonly Figure[]> {
  const { issuing } = await authorities();
  const signedAt = new Date("2026-11-22T00:00:00Z");
  const [whole, newest]: number[][] = [[], []];
  /** CPU of a list that follows `shown`, and the list. */
  const publication = async (number: number, shown: Crl | undefined, ledger: () => Revocations) => {
    const before = process.cpuUsage();
    const read = ledger();
    const published = shown && readPublishedCrl(der ?? new Uint8Array(), issuing.certificate);
    const entries = nextEntries({ ledger: [read], published, thisUpdate: validFrom(signedAt) });
    const lifetime = 24 * 3_600_000;
    const tbs = crlTbs({ issuerCertificate: issuing.certificate, number, signedAt, lifetime, entries });
    const built = process.cpuUsage(before);
    const signer = issuing.signerFor(tbs);
    const signing = process.cpuUsage();
    der = await signCrl(tbs, signer, issuing.certificate);
    const list = checkPublication(der, published, [read], issuing.certificate);
    const checked = process.cpuUsage(signing);
    return { list, seconds: (built.user + built.system + checked.user + checked.system) / 1e6 };
  };
  let der: Uint8Array | undefined;
  for (let run = 1; run <= 5; run++) {
    const [all, few] = [revocations(count), revocations(100)];
    der = undefined;
    const first = await publication(run * 2, undefined, () => all.packed());
    whole?.push(first.seconds);
    newest?.push((await publication(run * 2 + 1, first.list, () => few.packed())).seconds);
  }
  const entries = count.toLocaleString("en");
  return [
    { name: `CPU for a CRL of ${entries} entries from the whole ledger`, value: median(whole ?? []), unit: "s", limit },
    { name: `CPU for a CRL of ${entries} entries and 100 new ones`, value: median(newest ?? []), unit: "s", limit },
    { name: `CRL of ${entries} entries`, value: (der?.length ?? 0) / 1000, unit: "kB" },
  ];
}

/** As the ledger has them, in the order of time. */
function revocations(count: number): ReturnType<typeof packer> {
  const pack = packer();
  const notAfter = new Date("2031-01-01T00:00:00Z");
  for (let at = 0; at < count; at += 1) {
    const revokedAt = new Date(Date.UTC(2026, 0, 1) + at * 20_000);
    pack.add({ serialNumber: newSerial(), revokedAt, reason: "keyCompromise", notAfter });
  }
  return pack;
}
