import { type AtAddress, judge } from "../authority/at-address.ts";
import type { FindAuthority } from "../authority/cached.ts";
import type { Authorities } from "../authority/authority.ts";
import { repositoryKeys } from "../authority/repository.ts";
import type { Issuer } from "../certificates/certificate.ts";
import type { Ledger } from "../certificates/ledger.ts";
import type { Revocations } from "../pki/crl-entries.ts";
import { checkPublication, missingFrom, nextEntries } from "../pki/crl-publication.ts";
import type { Crl } from "../pki/crl-reader.ts";
import { crlTbs, signCrl } from "../pki/crl.ts";
import type { DigestSigner } from "../pki/issuance.ts";
import { validFrom } from "../pki/signing-time.ts";
import { readRevocations } from "./read-ledger.ts";

export type PublishContext = {
  readonly now: () => Date;
  readonly authority: FindAuthority;
  readonly authorities: Pick<Authorities, "nextCrlNumber" | "keepLastCrl">;
  readonly ledger: Pick<Ledger, "each">;
  /** Signs with that issuer's key. */
  readonly signer: DigestSigner;
  /** Milliseconds from thisUpdate to nextUpdate: how long a verifier may keep a CRL. It is signed again every hour. */
  readonly crlLifetime: number;
  readonly findCrl: (key: string) => Promise<{ readonly bytes: Uint8Array; readonly etag: string } | undefined>;
  /** Replaces the object that was read under `etag`. Returns the new ETag; undefined when another publisher was faster. */
  readonly replaceCrl: (key: string, der: Uint8Array, etag: string | undefined) => Promise<string | undefined>;
};

const attempts = 5;
/** Milliseconds after which a revocation is on the CRL at its address. */
export const promised = 60_000;
const hour = 3_600_000;
/**
 * Milliseconds by which a reading of the newest revocations begins before thisUpdate: a writer's clock may be late by
 * that much, or a transaction be under way for that long.
 */
const overlap = hour;
/** Milliseconds. The hourly publication reads the whole ledger; after so long without one, any does. */
const wholeAtLeastEvery = 2 * hour;

export type Published = {
  readonly crl: Crl;
  /** Why what was at the address before was not the list that was put there; undefined when it was. */
  readonly fault: string | undefined;
  /** Serial numbers that the previous CRL lacked: somebody else wrote to its address, or an old list was restored. */
  readonly lacked: readonly string[];
};

/** The CRL at the address is neither the one that was put there nor a later one that continues it. */
export class PublicationDiffers extends Error {}

/** How much of the ledger was read: `whole` before the attempts, which fail when another publisher is faster. */
type Whole = { readonly revocations: Revocations; readonly readAt: Date };

/**
 * Publishes one issuer's CRL: the union of the ledger and of the published list, under a new number, checked from its
 * bytes, and put only over the object that was read. Then it is read back from its address. Of the ledger only what is
 * newer than the published list is read, unless the whole is asked for, was not read for two hours, or there is any
 * doubt about that list: a damaged one, another's or an older one is replaced, because the ledger is the truth, and the
 * counter has the number. Two publishers may run simultaneously: the slower one begins again. Throws
 * `PublicationDiffers`.
 */
export async function publishCrl(
  context: PublishContext,
  issuer: Issuer,
  { whole: wanted = false }: { readonly whole?: boolean } = {},
): Promise<Published> {
  const key = repositoryKeys.crl(issuer);
  const { certificate } = await context.authority(issuer);
  let whole = wanted ? await readWhole(context, issuer) : undefined;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const counted = await context.authorities.nextCrlNumber(issuer, 0);
    const found = await context.findCrl(key);
    const { crl: shown, fault } = judge(found?.bytes, certificate, counted.last);
    const wholeAt = counted.last?.wholeAt;
    const due = wholeAt === undefined || +context.now() - Date.parse(wholeAt) > wholeAtLeastEvery;
    if (whole === undefined && (due || fault !== undefined)) whole = await readWhole(context, issuer);
    const number = await above(context, issuer, counted.number, shown);
    const signedAt = context.now();
    // Read after the number is taken, so that a list with a higher number never has less.
    const ledger = await readNewest(context, issuer, whole, shown);
    const entries = nextEntries({ ledger, published: shown, thisUpdate: validFrom(signedAt) });
    const lifetime = context.crlLifetime;
    const tbs = crlTbs({ issuerCertificate: certificate, number, signedAt, lifetime, entries });
    const der = await signCrl(tbs, context.signer, certificate);
    const crl = checkPublication(der, shown, ledger, certificate);
    const etag = await context.replaceCrl(key, der, found?.etag);
    if (etag === undefined) continue;
    const readAt = whole?.readAt.toISOString() ?? wholeAt;
    await context.authorities.keepLastCrl(issuer, {
      number,
      etag,
      ...(readAt === undefined ? {} : { wholeAt: readAt }),
    });
    await readBack(context, key, crl, der, ledger, certificate);
    return { crl, fault, lacked: shown === undefined ? [] : lackedBy(shown, ledger, signedAt) };
  }
  throw new Error(`the CRL of ${issuer} was replaced by others ${attempts} times while it was built`);
}

async function readWhole(context: PublishContext, issuer: Issuer): Promise<Whole> {
  const readAt = context.now();
  return { revocations: await readRevocations(context.ledger, issuer), readAt };
}

/** What must be on the next list: of the ledger at least what is newer than what is known already. */
async function readNewest(
  context: PublishContext,
  issuer: Issuer,
  whole: Whole | undefined,
  shown: AtAddress["crl"],
): Promise<readonly Revocations[]> {
  const known = whole?.readAt ?? shown?.thisUpdate;
  const since = known && new Date(known.getTime() - overlap);
  const newest = await readRevocations(context.ledger, issuer, since);
  return whole === undefined ? [newest] : [whole.revocations, newest];
}

/** A number above the shown list's, should the counter have been restored from a backup. */
async function above(
  context: PublishContext,
  issuer: Issuer,
  number: number,
  shown: AtAddress["crl"],
): Promise<number> {
  if (shown === undefined || number > shown.number) return number;
  return (await context.authorities.nextCrlNumber(issuer, Number(shown.number))).number;
}

async function readBack(
  context: PublishContext,
  key: string,
  put: Crl,
  der: Uint8Array,
  ledger: readonly Revocations[],
  certificate: Uint8Array,
): Promise<void> {
  const found = await context.findCrl(key);
  if (found === undefined) throw new PublicationDiffers(`there is no CRL at ${key} right after it was put`);
  // These bytes were checked before they were put.
  if (Buffer.compare(found.bytes, der) === 0) return;
  try {
    // Another publisher may have put a later one, which must continue this one.
    checkPublication(found.bytes, put, ledger, certificate);
  } catch (cause) {
    throw new PublicationDiffers(`the CRL at ${key} does not continue the one just put: ${String(cause)}`, { cause });
  }
}

/** Revocations that should be on the list by now: an older list that was put back lacks none of its own time. */
function lackedBy(shown: Crl, ledger: readonly Revocations[], now: Date): readonly string[] {
  const promisedBefore = new Date(now.getTime() - promised);
  return [...new Set(ledger.flatMap((read) => missingFrom(shown, read, promisedBefore)))];
}
