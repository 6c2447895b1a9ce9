import type { FindAuthority } from "../authority/remembered.ts";
import { type Authorities, repositoryKeys } from "../authority/authority.ts";
import type { Certificates, Issuer, LedgerEntry } from "../certificates/certificate.ts";
import type { CrlEntry } from "../pki/crl-entry.ts";
import { checkPublication, nextEntries } from "../pki/crl-publication.ts";
import { type Crl, readCrl } from "../pki/crl-reader.ts";
import { crlTbs, signCrl } from "../pki/crl.ts";
import type { DigestSigner } from "../pki/issuance.ts";

export type PublishContext = {
  readonly now: () => Date;
  readonly authority: FindAuthority;
  readonly authorities: Pick<Authorities, "nextCrlNumber">;
  readonly certificates: Pick<Certificates, "readLedger">;
  readonly signer: (issuer: Issuer) => DigestSigner;
  readonly findCrl: (key: string) => Promise<{ readonly bytes: Uint8Array; readonly etag: string } | undefined>;
  /** Replaces the CRL that was read under `etag`; false when another publisher was faster. */
  readonly replaceCrl: (key: string, der: Uint8Array, etag: string | undefined) => Promise<boolean>;
};

/** nextUpdate: two days, while the list is signed anew every hour; relying parties survive a long night of ours. */
const lifetime = 48 * 3_600_000;
const attempts = 5;

/**
 * Publishes one issuer's CRL: the union of the ledger and of what is published, under a number that
 * was never given out before, checked from its bytes, and put only over the CRL that it continues.
 * Two publishers at once are harmless: the later one reads again.
 */
export async function publishCrl(context: PublishContext, issuer: Issuer): Promise<Crl> {
  const key = repositoryKeys.crl(issuer);
  const { certificate } = await context.authority(issuer);
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const published = await context.findCrl(key);
    const shown = published && readCrl(published.bytes);
    const number = await context.authorities.nextCrlNumber(issuer, Number(shown?.number ?? 0));
    const thisUpdate = context.now();
    // Read after the number was taken: whoever holds a higher number has read at least this much.
    const ledger = (await context.certificates.readLedger(issuer)).map(entryOf);
    const entries = nextEntries({ ledger, published: shown, thisUpdate });
    const nextUpdate = new Date(thisUpdate.getTime() + lifetime);
    const tbs = crlTbs({ issuerCertificate: certificate, number, thisUpdate, nextUpdate, entries });
    const der = await signCrl(tbs, context.signer(issuer), certificate);
    const crl = checkPublication(der, published?.bytes, ledger, certificate);
    if (await context.replaceCrl(key, der, published?.etag)) return crl;
  }
  throw new Error(`the CRL of ${issuer} was replaced by others ${attempts} times while it was built`);
}

const entryOf = ({ serialNumber, revokedAt, reason, notAfter }: LedgerEntry): CrlEntry => ({
  serialNumber,
  revokedAt: new Date(revokedAt),
  // RFC 5280 5.3.1: unspecified is said by leaving the reason out.
  reason: reason === "unspecified" ? undefined : reason,
  notAfter: new Date(notAfter),
});
