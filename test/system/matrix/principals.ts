/** Who may knock at the admin site's door. */
import "reflect-metadata";
import { X509Certificate, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { opener, kms } from "../../../lambdas/aws/kms.ts";
import { materialOf } from "../tables.ts";
import { certify, type Holder, presenting } from "../../local/client-certificates.ts";
import { permit } from "../../permit.ts";
import { endpoints, fetchPkcs12, operator, revealed, serverCa, subjects, until } from "../system.ts";
import { type Company, unique } from "../tenant.ts";
import { asker, type Ask } from "./client.ts";
import type { Owner } from "./things.ts";

/** Each is refused before anything of a request is read. */
export const strangers = [
  "nobody",
  "a subscriber of the company",
  "that subscriber with the chain",
  "one who signed the administrator's own name",
  "another authority of the same name, with name and serial number of the administrator's certificate",
  "a certificate that the subscriber's certificate signed",
  "a certificate that the administrator's certificate signed",
  "a revoked administrator of the company, on a connection of before",
  "a revoked administrator of the company, on a new connection",
  "the administrator's certificate of before a reissue",
] as const;
type Stranger = (typeof strangers)[number];

/** Each is let in, to their own company alone. An invited one has no certificate yet: until then nobody is there to ask. */
export const insiders = ["administrator", "colleague", "another company's administrator"] as const;
export type Insider = (typeof insiders)[number];

export type Principals = Readonly<Record<Stranger | Insider, Ask>>;

/** Certificate and private key, opened as the download site opens them. */
async function holderOf(tenantId: string, certificateId: string): Promise<Holder> {
  const pem = await operator<string>("certificate show", { certificate: certificateId, pem: true });
  const { region, credentials, endpoints: urls } = endpoints.aws;
  const open = opener(kms({ region, credentials, endpoint: urls.kms }), endpoints.resources["SealingKey"] ?? "");
  const { sealedKey } = await materialOf(tenantId, certificateId);
  const context = { tenant: tenantId, certificate: certificateId, part: "key" } as const;
  const der = await open(permit, context, sealedKey as Uint8Array);
  const leaf = new X509Certificate(pem);
  const algorithm =
    leaf.publicKey.asymmetricKeyType === "rsa"
      ? { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }
      : { name: "ECDSA", namedCurve: "P-256" };
  const privateKey = await webcrypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]);
  const certificate = new x509.X509Certificate(leaf.raw);
  const spki = leaf.publicKey.export({ type: "spki", format: "der" });
  const publicKey = await webcrypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
  return { certificate, keys: { privateKey, publicKey } };
}

/** One more administrator of a company: their id and what they present. */
async function another(by: Company) {
  const email = `a-${unique()}@example.jp`;
  const { administratorId } = await operator<{ administratorId: string }>("administrator create", {
    tenant: by.tenantId,
    name: "令和 花子",
    "english-name": "Reiwa Hanako",
    email,
  });
  const credential = await revealed(email, subjects.administratorCredential);
  const tls = { pfx: await fetchPkcs12(credential), passphrase: credential.password };
  const ask = asker(tls, "adminUrl", 1);
  const { status } = await ask({ method: "GET", path: "/api/session" });
  if (status !== 200) throw new Error(`${email} is not let in: ${status}`);
  return { administratorId, tls, ask };
}

export async function principals(own: Owner, other: Owner): Promise<Principals> {
  const by = own.company;
  const { tenantId } = by;
  const [colleague, leaver, renewed] = await Promise.all([another(by), another(by), another(by)]);
  const administrator = await holderOf(tenantId, own.ids["administratorCertificateId"] ?? "");
  const subscriber = await holderOf(tenantId, own.ids["certificateId"] ?? "");
  const { subject, issuer, serialNumber } = administrator.certificate;
  const namesake = await certify(issuer, undefined, { ca: true });
  const chain = await (await fetch(`${endpoints.repositoryUrl}ca/subscribers-chain.pem`)).text();
  const plain = await presenting(subscriber);
  await operator("administrator revoke", { administrator: leaver.administratorId });
  await operator("administrator reissue", { administrator: renewed.administratorId, now: true });
  await until("the end of the certificate before", async () => {
    const { status } = await renewed.ask({ method: "GET", path: "/api/session" });
    return status === 403;
  });
  const signedBy = async (holder: Holder) => asker(await presenting(await certify(subject, holder), holder));
  return {
    nobody: asker({ ca: serverCa }),
    "a subscriber of the company": asker(plain),
    "that subscriber with the chain": asker({ ...plain, cert: plain.cert + "\n" + chain }),
    "one who signed the administrator's own name": asker(
      await presenting(await certify(subject, undefined, { serialNumber })),
    ),
    "another authority of the same name, with name and serial number of the administrator's certificate": asker(
      await presenting(await certify(subject, namesake, { serialNumber }), namesake),
    ),
    "a certificate that the subscriber's certificate signed": await signedBy(subscriber),
    "a certificate that the administrator's certificate signed": await signedBy(administrator),
    "a revoked administrator of the company, on a connection of before": leaver.ask,
    "a revoked administrator of the company, on a new connection": asker(leaver.tls),
    "the administrator's certificate of before a reissue": asker(renewed.tls),
    administrator: asker({ pfx: by.p12, passphrase: by.password }),
    colleague: asker(colleague.tls),
    "another company's administrator": asker({ pfx: other.company.p12, passphrase: other.company.password }),
  };
}
