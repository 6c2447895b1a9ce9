import { type AtAddress, judge } from "../authority/at-address.ts";
import type { FindAuthority } from "../authority/cached.ts";
import type { Authorities } from "../authority/authority.ts";
import { repositoryKeys } from "../authority/repository.ts";
import type { Issuer } from "../certificates/certificate.ts";
import type { Ledger, LedgerEntry } from "../certificates/ledger.ts";
import type { CrlEntry } from "../pki/crl-entry.ts";
import { checkPublication, missingFrom, nextEntries } from "../pki/crl-publication.ts";
import type { Crl } from "../pki/crl-reader.ts";
import { crlTbs, signCrl } from "../pki/crl.ts";
import type { DigestSigner } from "../pki/issuance.ts";
import { validFrom } from "../pki/signing-time.ts";

export type PublishContext = {
  readonly now: () => Date;
  readonly authority: FindAuthority;
  readonly authorities: Pick<Authorities, "nextCrlNumber" | "keepLastCrl">;
  readonly ledger: Pick<Ledger, "read">;
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

export type Published = {
  readonly crl: Crl;
  /** Why what was at the address before was not the list that was put there; undefined when it was. */
  readonly fault: string | undefined;
  /** Serial numbers that the previous CRL lacked: somebody else wrote to its address, or an old list was restored. */
  readonly lacked: readonly string[];
};

/** The CRL at the address is neither the one that was put there nor a later one that continues it. */
export class PublicationDiffers extends Error {}

/**
 * Publishes one issuer's CRL: the union of the ledger and of the published list, under a new number, checked from its
 * bytes, and put only over the object that was read. Then it is read back from its address. Whatever else is there, a
 * damaged list or another's, is replaced: the ledger is the truth, and the counter has the number. Two publishers may
 * run simultaneously: the slower one begins again. Throws `PublicationDiffers`.
 */
export async function publishCrl(context: PublishContext, issuer: Issuer): Promise<Published> {
  const key = repositoryKeys.crl(issuer);
  const { certificate } = await context.authority(issuer);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const counted = await context.authorities.nextCrlNumber(issuer, 0);
    const found = await context.findCrl(key);
    const { crl: shown, fault } = judge(found?.bytes, certificate, counted.last);
    const number = await above(context, issuer, counted.number, shown);
    const signedAt = context.now();
    // Read after the number is taken, so that a list with a higher number never has less.
    const ledger = (await context.ledger.read(issuer)).map(entryOf);
    const entries = nextEntries({ ledger, published: shown, thisUpdate: validFrom(signedAt) });
    const lifetime = context.crlLifetime;
    const tbs = crlTbs({ issuerCertificate: certificate, number, signedAt, lifetime, entries });
    const der = await signCrl(tbs, context.signer, certificate);
    const crl = checkPublication(der, shown && found?.bytes, ledger, certificate);
    const etag = await context.replaceCrl(key, der, found?.etag);
    if (etag === undefined) continue;
    await context.authorities.keepLastCrl(issuer, { number, etag });
    await readBack(context, key, der, ledger, certificate);
    return { crl, fault, lacked: shown === undefined ? [] : lackedBy(shown, ledger, signedAt) };
  }
  throw new Error(`the CRL of ${issuer} was replaced by others ${attempts} times while it was built`);
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
  der: Uint8Array,
  ledger: readonly CrlEntry[],
  certificate: Uint8Array,
): Promise<void> {
  const found = await context.findCrl(key);
  if (found === undefined) throw new PublicationDiffers(`there is no CRL at ${key} right after it was put`);
  // These bytes were checked before they were put.
  if (Buffer.compare(found.bytes, der) === 0) return;
  try {
    // Another publisher may have put a later one, which must continue this one.
    checkPublication(found.bytes, der, ledger, certificate);
  } catch (cause) {
    throw new PublicationDiffers(`the CRL at ${key} does not continue the one just put: ${String(cause)}`, { cause });
  }
}

/** Revocations that should be on the list by now: an older list that was put back lacks none of its own time. */
const lackedBy = (shown: Crl, ledger: readonly CrlEntry[], now: Date): readonly string[] =>
  missingFrom(shown, ledger, new Date(now.getTime() - promised)).map(({ serialNumber }) => serialNumber);

/** The CRL entry of a line of the ledger. */
export const entryOf = ({ serialNumber, revokedAt, reason, notAfter }: LedgerEntry): CrlEntry => ({
  serialNumber,
  revokedAt: new Date(revokedAt),
  // RFC 5280 5.3.1: unspecified is said by leaving the reason out.
  reason: reason === "unspecified" ? undefined : reason,
  notAfter: new Date(notAfter),
});
