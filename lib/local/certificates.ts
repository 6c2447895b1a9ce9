import "reflect-metadata";
import { X509Certificate as Parsed, randomBytes, webcrypto } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AsnConvert } from "@peculiar/asn1-schema";
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  NameConstraints,
  id_ce_nameConstraints,
} from "@peculiar/asn1-x509";
import * as x509 from "@peculiar/x509";
import { systemNow } from "./aws/clock.ts";
import { replaceFile } from "./state.ts";

/** The certificates of the two HTTPS servers, and of the authority to import. */
export type ServerCertificates = {
  /** Absolute path of the authority's certificate, PEM. */
  readonly caPath: string;
  /** When the certificates expire. */
  readonly notAfter: Date;
  /** True if this call replaced the authority, so that the new one must be imported. */
  readonly renewed: boolean;
  of(host: string): { readonly key: string; readonly cert: string };
};

const day = 86_400_000;
/** Browsers refuse server certificates of a longer validity (CA/Browser Forum: 398 days; macOS: 825 for private authorities). */
const days = 397;
const renewBefore = 30 * day;
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** Positive, 16 random octets: RFC 5280 section 4.1.2.2. */
const serialNumber = (): string => `4${randomBytes(16).toString("hex").slice(1)}`;
const isAddress = (host: string): boolean => /^\d+(\.\d+){3}$/.test(host);

/** Permits these hosts and nothing else: RFC 5280 section 4.2.1.10 (an address is followed by its mask). */
function nameConstraints(hosts: readonly string[]): x509.Extension {
  const permitted = hosts.map(
    (host) =>
      new GeneralSubtree({
        base: isAddress(host) ? new GeneralName({ iPAddress: `${host}/32` }) : new GeneralName({ dNSName: host }),
      }),
  );
  const value = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(permitted) });
  return new x509.Extension(id_ce_nameConstraints, true, AsnConvert.serialize(value));
}

async function pemOfKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PRIVATE KEY-----", ...lines, "-----END PRIVATE KEY-----", ""].join("\n");
}

/** Makes an authority for these hosts only and a certificate for each; the authority's key is not kept. */
async function issue(folder: string, hosts: readonly string[], label: string): Promise<void> {
  const authority = await webcrypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  // By the system's clock, as browsers have it. An hour earlier, for those whose clock is behind; the validity is counted
  // from then.
  const notBefore = new Date(systemNow() - 3_600_000);
  const notAfter = new Date(notBefore.getTime() + days * day - 1_000);
  const name = `CN=${label} server CA ${randomBytes(4).toString("hex")}`;
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name,
    notBefore,
    notAfter,
    keys: authority,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.SubjectKeyIdentifierExtension.create(authority.publicKey),
      nameConstraints(hosts),
    ],
  });
  for (const host of hosts) {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      // Not the host: OpenSSL would take `127.0.0.1` here for a DNS name, which the authority's constraint forbids.
      subject: `CN=${label} on this machine`,
      issuer: ca.subject,
      notBefore,
      notAfter,
      publicKey: keys.publicKey,
      signingKey: authority.privateKey,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: isAddress(host) ? "ip" : "dns", value: host }]),
        await x509.AuthorityKeyIdentifierExtension.create(ca),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    // Key and certificate in one file, so that a killed process cannot leave a pair that does not match.
    replaceFile(join(folder, `${host}.pem`), `${await pemOfKey(keys)}${certificate.toString("pem")}\n`);
  }
  // Written last: if the authority is there, so is everything that it signed.
  replaceFile(join(folder, "server-ca.pem"), `${ca.toString("pem")}\n`);
}

/** When the folder's certificates expire; undefined unless they are complete, of one authority and good for long enough. */
function stored(folder: string, hosts: readonly string[]): Date | undefined {
  const caPath = join(folder, "server-ca.pem");
  if (!existsSync(caPath)) return undefined;
  const ca = new Parsed(readFileSync(caPath));
  const good = hosts.every((host) => {
    const path = join(folder, `${host}.pem`);
    if (!existsSync(path)) return false;
    const certificate = new Parsed(/-----BEGIN CERTIFICATE[^]*/.exec(readFileSync(path, "utf8"))?.[0] ?? "");
    return certificate.checkIssued(ca) && certificate.verify(ca.publicKey);
  });
  const notAfter = new Date(ca.validTo);
  return good && notAfter.getTime() - systemNow() >= renewBefore ? notAfter : undefined;
}

/** The server certificates of a data folder. Makes them and their authority if missing or if fewer than 30 days are left. */
export async function serverCertificates(
  dataDirectory: string,
  hosts: readonly string[],
  label: string,
): Promise<ServerCertificates> {
  const folder = join(dataDirectory, "tls");
  const caPath = join(folder, "server-ca.pem");
  const before = existsSync(caPath);
  const kept = stored(folder, hosts);
  if (kept === undefined) await issue(folder, hosts, label);
  const notAfter = kept ?? new Date(new Parsed(readFileSync(caPath)).validTo);
  return {
    caPath,
    notAfter,
    renewed: before && kept === undefined,
    of: (host) => {
      const pem = readFileSync(join(folder, `${host}.pem`), "utf8");
      const start = pem.indexOf("-----BEGIN CERTIFICATE");
      return { key: pem.slice(0, start), cert: pem.slice(start) };
    },
  };
}
