import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** Certificate and key of an authority or of a client, made for a test. */
export type Holder = { readonly certificate: x509.X509Certificate; readonly keys: webcrypto.CryptoKeyPair };

type Kind = {
  readonly ca?: boolean;
  readonly hours?: number;
  readonly serialNumber?: string;
  readonly usage?: "clientAuth" | "serverAuth";
};

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const hour = 3_600_000;

/** Signs a certificate by `issuer`, or by itself; ends `hours` from now. */
export async function certify(
  name: string,
  issuer: Holder | undefined,
  {
    ca = false,
    hours = 24,
    serialNumber = webcrypto.randomUUID().replaceAll("-", "").replace(/^./, "5"),
    usage = "clientAuth",
  }: Kind = {},
): Promise<Holder> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const signingKey = (issuer?.keys ?? keys).privateKey;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber,
    subject: name,
    issuer: issuer?.certificate.subject ?? name,
    notBefore: new Date(Date.now() - 48 * hour),
    notAfter: new Date(Date.now() + hours * hour),
    publicKey: keys.publicKey,
    signingKey,
    // An issuer may be somebody's own certificate, with a key of another kind.
    signingAlgorithm: { ...signingKey.algorithm, hash: "SHA-256" },
    extensions: ca
      ? [
          new x509.BasicConstraintsExtension(true, undefined, true),
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
        ]
      : [
          new x509.BasicConstraintsExtension(false, undefined, true),
          new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage]]),
        ],
  });
  return { certificate, keys };
}

export const pem = (...holders: readonly Holder[]): string =>
  holders.map(({ certificate }) => certificate.toString("pem")).join("\n");

/** What a TLS client presents: its certificate, those it brings along, its key. */
export async function presenting(holder: Holder, ...along: readonly Holder[]): Promise<{ cert: string; key: string }> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", holder.keys.privateKey));
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    cert: pem(holder, ...along),
    key: `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`,
  };
}
