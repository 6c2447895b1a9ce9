import type { CloudFormationCustomResourceEvent } from "aws-lambda";
import { authorities } from "./aws/authorities.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { digestSigner, kms, publicKey } from "./aws/kms.ts";
import { findObject, keepObject, putObject, replaceObject } from "./aws/objects.ts";
import { sqs } from "./aws/queues.ts";
import { sendersOf } from "./aws/senders.ts";
import { type Authority, type AuthorityName, authorityNames } from "./authority/authority.ts";
import { establish, rootCrl } from "./authority/establish.ts";
import { repositoryKeys, served } from "./authority/repository.ts";
import { type Issuer, issuers } from "./certificates/certificate.ts";
import { environmentOf } from "./environment.ts";
import { answerCloudFormation, type Made } from "./http/cloudformation.ts";
import { toPem } from "./pki/pem.ts";

const environment = environmentOf("bootstrap");
const keys = kms();
const store = s3();
const { sendPublication } = sendersOf(sqs(), environment);
const keyIds: Record<AuthorityName, string> = {
  root: environment.ROOT_KEY,
  subscribers: environment.SUBSCRIBERS_KEY,
  administrators: environment.ADMINISTRATORS_KEY,
};
const context = {
  now: () => new Date(),
  brand: environment.BRAND,
  repositoryUrl: environment.REPOSITORY_URL,
  authorities: authorities(dynamo(), environment.AUTHORITIES_TABLE),
  publicKey: (name: AuthorityName) => publicKey(keys, keyIds[name]),
  rootSigner: digestSigner(keys, environment.ROOT_KEY),
} as const;

/** Monthly: the root's next CRL. From CloudFormation: everything that must exist before the first request. */
export const handler = async (
  event: CloudFormationCustomResourceEvent | { readonly task: "root-crl" },
): Promise<void> => {
  if ("task" in event) {
    await signRootCrl((await establish(context)).root);
    return askForPublications();
  }
  return answerCloudFormation(event, async () => {
    // Deletion removes nothing: issued certificates must stay verifiable.
    if (event.RequestType === "Delete") return { physicalId: event.PhysicalResourceId };
    return bringUp();
  });
};

/** Every step keeps what an earlier run made, so that an update or a rollback makes nothing a second time. */
async function bringUp(): Promise<Made> {
  const made = await establish(context);
  const bucket = environment.REPOSITORY_BUCKET;
  for (const name of authorityNames) {
    await putObject(store, bucket, repositoryKeys.certificate(name), made[name].certificate, served.certificate);
  }
  const chainOf = (issuer: Issuer) =>
    Buffer.from([made[issuer], made.root].map(({ certificate }) => toPem("CERTIFICATE", certificate)).join(""));
  for (const issuer of issuers) {
    await putObject(store, bucket, repositoryKeys.chain(issuer), chainOf(issuer), served.chain);
  }
  if ((await findObject(store, bucket, repositoryKeys.crl("root"))) === undefined) await signRootCrl(made.root);
  const trusted = chainOf("administrators");
  const version = await keepObject(store, environment.TRUST_BUCKET, "administrators.pem", trusted, served.chain);
  await askForPublications();
  return { physicalId: "authorities", attributes: { TrustStoreVersion: version } };
}

/** The publisher makes the page and the PEM of all CRLs, which hold the root's, together with each issuing authority's CRL. */
async function askForPublications(): Promise<void> {
  for (const issuer of issuers) await sendPublication(issuer, "bootstrap");
}

async function signRootCrl(root: Authority): Promise<void> {
  const key = repositoryKeys.crl("root");
  const published = await findObject(store, environment.REPOSITORY_BUCKET, key);
  const { der, number } = await rootCrl(context, root, published?.bytes);
  const etag = await replaceObject(store, environment.REPOSITORY_BUCKET, key, der, served.crl, published?.etag);
  if (etag === undefined) throw new Error("another writer replaced the root's CRL while this one was being signed");
  await context.authorities.keepLastCrl("root", { number, etag, der });
}
