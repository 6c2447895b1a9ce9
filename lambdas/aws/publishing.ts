import { cachedAuthorities } from "../authority/cached.ts";
import type { AuthorityName } from "../authority/authority.ts";
import { refreshRepository } from "../authority/refresh.ts";
import { served, type Served } from "../authority/repository.ts";
import type { Issuer } from "../certificates/certificate.ts";
import { PublicationDiffers, publishCrl } from "../revocation/publish.ts";
import { watchCrls } from "../revocation/watch.ts";
import { logger } from "../telemetry/log.ts";
import { count } from "../telemetry/metrics.ts";
import { authorities } from "./authorities.ts";
import { dynamo } from "./dynamo.ts";
import { digestSigner, kms } from "./kms.ts";
import { ledger } from "./ledger.ts";
import { findEtag, findObject, replaceObject, unlessChanged } from "./objects.ts";
import { queueHandler } from "./queue-handler.ts";
import type { PublicationMessage } from "./queues.ts";
import { s3 } from "./s3.ts";

type Settings = Readonly<
  Record<"LEDGER_TABLE" | "AUTHORITIES_TABLE" | "REPOSITORY_BUCKET" | "CRL_LIFETIME_HOURS" | "BRAND", string>
>;

function publishingPorts(settings: Settings, key: string) {
  const client = dynamo();
  const store = s3();
  const bucket = settings.REPOSITORY_BUCKET;
  const known = authorities(client, settings.AUTHORITIES_TABLE);
  const find = (name: string) => findObject(store, bucket, name);
  // Read by the publication, by its check at the address, and for what is derived from it.
  const findCrl = unlessChanged(find, (name) => findEtag(store, bucket, name));
  return {
    now: () => new Date(),
    authority: cachedAuthorities(known),
    authorities: known,
    ledger: ledger(client, settings.LEDGER_TABLE),
    signer: digestSigner(kms(), key),
    crlLifetime: Number(settings.CRL_LIFETIME_HOURS) * 3_600_000,
    findCrl,
    replaceCrl: (name: string, der: Uint8Array, etag: string | undefined) =>
      replaceObject(store, bucket, name, der, served.crl, etag),
    findEtag: (name: string) => findEtag(store, bucket, name),
    brand: settings.BRAND,
    findObject: (name: string) => (name.endsWith(".crl") ? findCrl(name) : find(name)),
    replaceObject: (name: string, bytes: Uint8Array, headers: Served, etag: string | undefined) =>
      replaceObject(store, bucket, name, bytes, headers, etag),
  } as const;
}

/** Reasons of a publication for which the whole ledger is read: what is routine, and what an operator asks for in doubt. */
const readsWhole: ReadonlySet<string> = new Set(["hourly", "operator", "bootstrap"]);

/**
 * Publishes one issuer's CRL, signed with `key`, and looks after those that are `watched`. The requests of a batch are one
 * publication, which lists everything in the ledger.
 */
export function publicationHandler(
  settings: Settings,
  {
    issuer,
    key,
    watched,
  }: { readonly issuer: Issuer; readonly key: string; readonly watched: readonly AuthorityName[] },
) {
  const context = publishingPorts(settings, key);

  const publish = async (whole: boolean): Promise<void> => {
    try {
      const { crl, fault, lacked } = await publishCrl(context, issuer, { whole });
      logger.info("crl published", { issuer, number: Number(crl.number), entries: crl.entries.count });
      count("CrlPublished", { issuer });
      if (fault !== undefined || lacked.length > 0)
        differs(issuer, { fault, lacked: lacked.length, some: lacked.slice(0, 3) });
      await refreshRepository(context, issuer);
    } catch (error) {
      if (error instanceof PublicationDiffers) differs(issuer, { error });
      throw error;
    }
  };
  /** Publishes again what is not at its address as it was put. */
  const watch = async (once: () => Promise<void>): Promise<void> => {
    const { changed, rootRestored } = await watchCrls(context, watched);
    if (rootRestored) differs("root", { fault: "the root's CRL was put back" });
    if (changed.includes(issuer)) await once();
  };

  return queueHandler<PublicationMessage>((deliveries) => {
    const reasons = deliveries.flatMap(({ message }) => ("task" in message ? [] : [message.reason]));
    const whole = reasons.some((reason) => readsWhole.has(reason));
    // Revocations do not wait for the whole ledger to be read.
    const newest = !whole || reasons.some((reason) => !readsWhole.has(reason));
    let publication: Promise<void> | undefined;
    const once = (): Promise<void> =>
      (publication ??= (async () => {
        if (newest) await publish(false);
        if (whole) await publish(true);
      })());
    return Promise.allSettled(deliveries.map(({ message }) => ("task" in message ? watch(once) : once())));
  });
}

function differs(issuer: AuthorityName, facts: Readonly<Record<string, unknown>>): void {
  logger.error("crl differs from the ledger", { issuer, ...facts });
  count("CrlDiffersFromLedger");
}
