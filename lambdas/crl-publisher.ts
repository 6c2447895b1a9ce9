import { authorities } from "./aws/authorities.ts";
import { ledger } from "./aws/ledger.ts";
import { s3 } from "./aws/s3.ts";
import { dynamo } from "./aws/dynamo.ts";
import { digestSigner, kms } from "./aws/kms.ts";
import { findEtag, findObject, replaceObject } from "./aws/objects.ts";
import { queueHandler } from "./aws/queue-handler.ts";
import type { PublicationMessage } from "./aws/queues.ts";
import { refreshRepository } from "./authority/refresh.ts";
import { cachedAuthorities } from "./authority/cached.ts";
import { served, type Served } from "./authority/repository.ts";
import type { AuthorityName } from "./authority/authority.ts";
import type { Issuer } from "./certificates/certificate.ts";
import { environmentOf } from "./environment.ts";
import { logger } from "./telemetry/log.ts";
import { count } from "./telemetry/metrics.ts";
import { PublicationDiffers, publishCrl } from "./revocation/publish.ts";
import { watchCrls } from "./revocation/watch.ts";

const environment = environmentOf("crl-publisher");
const client = dynamo();
const keys = kms();
const store = s3();
const bucket = environment.REPOSITORY_BUCKET;
const known = authorities(client, environment.CERTIFICATES_TABLE);
const signers = {
  subscribers: digestSigner(keys, environment.SUBSCRIBERS_KEY),
  administrators: digestSigner(keys, environment.ADMINISTRATORS_KEY),
};
const context = {
  now: () => new Date(),
  authority: cachedAuthorities(known),
  authorities: known,
  ledger: ledger(client, environment.CERTIFICATES_TABLE),
  signer: (issuer: Issuer) => signers[issuer],
  crlLifetime: Number(environment.CRL_LIFETIME_HOURS) * 3_600_000,
  findCrl: (key: string) => findObject(store, bucket, key),
  replaceCrl: (key: string, der: Uint8Array, etag: string | undefined) =>
    replaceObject(store, bucket, key, der, served.crl, etag),
  findEtag: (key: string) => findEtag(store, bucket, key),
  brand: environment.BRAND,
  findObject: (key: string) => findObject(store, bucket, key),
  replaceObject: (key: string, bytes: Uint8Array, headers: Served, etag: string | undefined) =>
    replaceObject(store, bucket, key, bytes, headers, etag),
} as const;

/** The requests of a batch for one issuer are one publication, which lists everything in the ledger. */
export const handler = queueHandler<PublicationMessage>((deliveries) => {
  const publications = new Map<Issuer, Promise<void>>();
  const once = (issuer: Issuer): Promise<void> => {
    const publication = publications.get(issuer) ?? publish(issuer);
    publications.set(issuer, publication);
    return publication;
  };
  return Promise.allSettled(deliveries.map(({ message }) => ("task" in message ? watch(once) : once(message.issuer))));
});

/** Publishes again what is not at its address as it was put. */
async function watch(once: (issuer: Issuer) => Promise<void>): Promise<void> {
  const { changed, rootRestored } = await watchCrls(context);
  if (rootRestored) differs("root", { fault: "the root's CRL was put back" });
  await Promise.all(changed.map(once));
}

async function publish(issuer: Issuer): Promise<void> {
  try {
    const { crl, fault, lacked } = await publishCrl(context, issuer);
    logger.info("crl published", { issuer, number: Number(crl.number), entries: crl.entries.length });
    count("CrlPublished", { issuer });
    if (fault !== undefined || lacked.length > 0)
      differs(issuer, { fault, lacked: lacked.length, some: lacked.slice(0, 3) });
    await refreshRepository(context, issuer);
  } catch (error) {
    if (error instanceof PublicationDiffers) differs(issuer, { error });
    throw error;
  }
}

function differs(issuer: AuthorityName, facts: Readonly<Record<string, unknown>>): void {
  logger.error("crl differs from the ledger", { issuer, ...facts });
  count("CrlDiffersFromLedger");
}
