/** Everything that is signed here, made by the product's own verbs at one instant, before clocks that are late. */
import { readdirSync, readFileSync } from "node:fs";
import { type BaseBlock, Constructed, fromBER, GeneralizedTime, UTCTime } from "asn1js";
import { afterAll, describe, expect, it } from "vitest";
import { establish, rootCrl } from "../../lambdas/authority/establish.ts";
import type { AuthorityName } from "../../lambdas/authority/authority.ts";
import { standardPeriod } from "../../lambdas/registration/period.ts";
import { readCertificate } from "../../lambdas/pki/certificate.ts";
import { unpacked } from "../../lambdas/pki/crl-entries.ts";
import { readCrl } from "../../lambdas/pki/crl-reader.ts";
import { generateKey } from "../../lambdas/pki/keys.ts";
import { toPem } from "../../lambdas/pki/pem.ts";
import { CLOCK_TOLERANCE } from "../../lambdas/pki/signing-time.ts";
import { publishCrl } from "../../lambdas/revocation/publish.ts";
import { revoke } from "../../lambdas/revocation/revoke.ts";
import { leaf, rsaSigner } from "../pki/authorities.ts";
import { testFolder } from "../pki/folder.ts";
import { itWith, program, run } from "../program.ts";
import { actor, world } from "../world.ts";

const openssl = program("openssl", "openssl");
const folder = testFolder();

// 0:02 in Japan: the day in which the authorities begin is younger than the tolerance.
const now = new Date("2026-11-22T15:02:00.000Z");
const [root, subscribers, administrators] = await Promise.all([1, 2, 3].map(() => generateKey("rsa2048")));
if (root === undefined || subscribers === undefined || administrators === undefined) throw new Error("no keys");
const keys: Readonly<Record<AuthorityName, typeof root>> = { root, subscribers, administrators };
const by = await world(now.toISOString());
afterAll(() => by[Symbol.asyncDispose]());

const context = {
  now: by.context.now,
  brand: "Warifu",
  repositoryUrl: "http://pki.example.jp/",
  authorities: by.context.authorities,
  publicKey: async (name: AuthorityName) => keys[name].spki,
  rootSigner: rsaSigner(root.pkcs8),
};
const made = await establish(context);
const holder = await generateKey("rsa2048");
const certificate = () =>
  leaf(
    {
      certificate: made.subscribers.certificate,
      keys: subscribers,
      signerFor: () => rsaSigner(subscribers.pkcs8),
    },
    holder.spki,
    standardPeriod(60, by.context.now(), readCertificate(made.subscribers.certificate).notAfter),
  );
async function publish(): Promise<Uint8Array> {
  const published: Uint8Array[] = [];
  await publishCrl(
    {
      now: by.context.now,
      authority: async (name) => made[name],
      authorities: by.context.authorities,
      ledger: by.context.ledger,
      signer: rsaSigner(keys.subscribers.pkcs8),
      crlLifetime: 24 * 3_600_000,
      findCrl: async () => published[0] && { bytes: published[0], etag: "" },
      replaceCrl: async (_, der) => `${published.push(der)}`,
    },
    "subscribers",
  );
  return published[0] ?? new Uint8Array();
}

/** What is signed, by the module that has it signed. Whatever is added there has its times looked at here. */
const signed: Readonly<Record<string, Readonly<Record<string, () => Promise<Uint8Array>>>>> = {
  "pki/issuance.ts": {
    "the root's certificate": async () => made.root.certificate,
    "an issuing authority's certificate": async () => made.subscribers.certificate,
    "a subscriber's certificate": certificate,
  },
  "pki/crl.ts": {
    "the root's CRL": async () => (await rootCrl(context, made.root)).der,
    "an issuing authority's CRL": publish,
  },
};

/** Every time in a DER structure, as another library reads them. */
function timesIn(block: BaseBlock): readonly Date[] {
  if (block instanceof UTCTime || block instanceof GeneralizedTime) return [block.toDate()];
  return block instanceof Constructed ? block.valueBlock.value.flatMap(timesIn) : [];
}

describe("what is signed", () => {
  it.each(Object.values(signed).flatMap((made) => Object.entries(made)))(
    "%s: no time in it is nearer to its signing than another clock may be late",
    async (_, make) => {
      const times = timesIn(fromBER(Uint8Array.from(await make()).buffer).result);
      expect(times.length).toBeGreaterThan(1);
      expect(times.filter((time) => Math.abs(time.getTime() - now.getTime()) < CLOCK_TOLERANCE)).toEqual([]);
    },
  );

  it("is signed by the modules of this table and by no other", () => {
    const sources = new URL("../../lambdas/", import.meta.url);
    // Entries wire and aws/ carries digests to KMS: neither makes what is signed.
    const modules = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && file.includes("/") && !file.startsWith("aws/"),
    );
    const signing = modules.filter((file) => /\bsignTbs\(|\.sign\(/.test(readFileSync(new URL(file, sources), "utf8")));
    // `signTbs` itself writes no time.
    expect(signing.toSorted()).toEqual([...Object.keys(signed), "pki/signature.ts"].toSorted());
  });
});

describe("a verifier whose clock is late", () => {
  itWith(
    openssl,
    "lets a good certificate in right after somebody else's is revoked, up to five minutes late",
    async () => {
      const good = folder.write("good.pem", toPem("CERTIFICATE", await certificate()));
      const other = await by.certificate(await by.place());
      await revoke(by.context, { ...other, reason: "keyCompromise", actor });
      const crl = await publish();
      expect([...unpacked(readCrl(crl).entries)]).toMatchObject([{ serialNumber: other.serialNumber, revokedAt: now }]);
      const lists = [(await rootCrl(context, made.root)).der, crl].map((der) => toPem("X509 CRL", der)).join("");
      const chain = [made.root, made.subscribers].map((one) => toPem("CERTIFICATE", one.certificate)).join("");
      const verify = (secondsLate: number) =>
        run(
          openssl,
          "verify",
          "-x509_strict",
          "-crl_check_all",
          "-purpose",
          "sslclient",
          "-attime",
          String(now.getTime() / 1000 - secondsLate),
          "-CAfile",
          folder.write("chain.pem", chain),
          "-CRLfile",
          folder.write("lists.pem", lists),
          good,
        );
      for (const late of [0, 1, 299, 300]) expect(verify(late)).toEqual({ status: 0, text: `${good}: OK\n` });
      expect(verify(301).text).toContain("CRL is not yet valid");
    },
  );
});
