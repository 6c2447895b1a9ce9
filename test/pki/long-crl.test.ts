/** A list of 100,000 entries, as the ledger gives it and with newer ones merged into it, before openssl. */
import { describe, expect } from "vitest";
import { packer, type Revocations, unpacked } from "../../lambdas/pki/crl-entries.ts";
import { checkPublication, nextEntries, readPublishedCrl } from "../../lambdas/pki/crl-publication.ts";
import type { Crl } from "../../lambdas/pki/crl-reader.ts";
import { crlTbs, signCrl } from "../../lambdas/pki/crl.ts";
import { toPem } from "../../lambdas/pki/pem.ts";
import { newSerial } from "../../lambdas/pki/serial.ts";
import { itWith, program, run } from "../program.ts";
import { authorities, rsaSigner } from "./authorities.ts";
import { testFolder } from "./folder.ts";

const openssl = program("openssl", "openssl");
const folder = testFolder();
const now = new Date(Math.floor(Date.now() / 1000) * 1000);
const { issuing } = await authorities("rsa2048");
const authority = folder.write("issuing.pem", toPem("CERTIFICATE", issuing.certificate));

function revocations(serials: readonly string[]): Revocations {
  const pack = packer();
  for (const serialNumber of serials)
    pack.add({ serialNumber, revokedAt: now, reason: "superseded", notAfter: new Date(+now + 1e10) });
  return pack.packed();
}

async function published(number: number, ledger: readonly Revocations[], shown: Crl | undefined) {
  const entries = nextEntries({ ledger, published: shown, thisUpdate: now });
  const order = { issuerCertificate: issuing.certificate, number, signedAt: now, lifetime: 86_400_000, entries };
  const der = await signCrl(crlTbs(order), rsaSigner(issuing.keys.pkcs8), issuing.certificate);
  checkPublication(der, shown, ledger, issuing.certificate);
  return { der, crl: readPublishedCrl(der, issuing.certificate) };
}

/** Serial numbers as openssl reads them, in the list's order. */
function readByOpenssl(der: Uint8Array): readonly string[] {
  const file = folder.write("long.crl", der);
  expect(run(openssl, "crl", "-inform", "DER", "-in", file, "-noout", "-CAfile", authority).text).toContain(
    "verify OK",
  );
  const { text } = run(openssl, "crl", "-inform", "DER", "-in", file, "-noout", "-text");
  return [...text.matchAll(/Serial Number: ([0-9A-F]+)/g)].map(([, serial = ""]) => serial.toLowerCase());
}

describe("a CRL of 100,000 entries", () => {
  itWith(openssl, "is read by openssl as it was built, and after newer revocations were merged into it", async () => {
    const [many, few] = [100_000, 1_000].map((count) => Array.from({ length: count }, newSerial));
    const first = await published(1, [revocations(many ?? [])], undefined);
    expect(readByOpenssl(first.der)).toEqual((many ?? []).toSorted());
    const second = await published(2, [revocations(few ?? [])], first.crl);
    const all = [...(many ?? []), ...(few ?? [])].toSorted();
    expect(readByOpenssl(second.der)).toEqual(all);
    expect([...unpacked(second.crl.entries)].map(({ serialNumber }) => serialNumber)).toEqual(all);
  });
});
