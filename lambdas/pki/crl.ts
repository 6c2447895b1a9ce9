/**
 * Certificate revocation lists, version 2 (RFC 5280 §5), full and without issuing distribution point. The entries are
 * octets already: a list of a million is built and checked within two seconds.
 */
import { readAuthority } from "./certificate.ts";
import type { CrlEntries } from "./crl-entries.ts";
import { readCrlHeader } from "./crl-reader.ts";
import { context, headerOf, integer, sequence, tag, time } from "./der.ts";
import { authorityKeyIdentifier, crlNumber, keyIdentifierOf } from "./extensions.ts";
import { ProfileError } from "./profile-error.ts";
import { validFrom } from "./signing-time.ts";
import { signTbs, type DigestSigner } from "./signature.ts";
import { algorithmIdentifier, signatureAlgorithmOf } from "./signature-algorithm.ts";

export type CrlOrder = {
  /** DER of the certificate of the authority that signs. */
  readonly issuerCertificate: Uint8Array;
  /** Above every number that this authority has published. */
  readonly number: number | bigint;
  /** When it is signed; thisUpdate is earlier by the clock tolerance. */
  readonly signedAt: Date;
  /** Milliseconds from thisUpdate to nextUpdate. A verifier may keep the list for this long after it was signed, even if its clock is late. */
  readonly lifetime: number;
  readonly entries: CrlEntries;
};

/** The DER of a TBSCertList. Throws ProfileError with the rule `next-update`. */
export function crlTbs(order: CrlOrder): Uint8Array {
  const thisUpdate = validFrom(order.signedAt);
  const nextUpdate = new Date(thisUpdate.getTime() + order.lifetime);
  if (nextUpdate <= order.signedAt) {
    throw new ProfileError("next-update", "the list would be out of date when it is signed; give it a longer lifetime");
  }
  const issuer = readAuthority(order.issuerCertificate);
  const { entries } = order;
  return sequence(
    integer(1),
    algorithmIdentifier(signatureAlgorithmOf(issuer.spki)),
    issuer.subjectName,
    time(thisUpdate),
    time(nextUpdate),
    // RFC 5280 §5.1.2.6: without revoked certificates the list is absent, not empty
    ...(entries.count === 0 ? [] : [headerOf(tag.sequence, entries.der.length), entries.der]),
    context(0, sequence(authorityKeyIdentifier(issuer.keyId ?? keyIdentifierOf(issuer.spki)), crlNumber(order.number))),
  );
}

/**
 * Has a TBSCertList signed by its issuer and returns the CRL's DER, read back: TBS byte for byte, signature verified. What is
 * not a TBSCertList of this issuer is refused before the signer is asked. Throws DerError, ProfileError or SignatureError.
 */
export async function signCrl(
  tbs: Uint8Array,
  signer: DigestSigner,
  issuerCertificate: Uint8Array,
): Promise<Uint8Array> {
  const copy = new Uint8Array(tbs);
  const issuer = readAuthority(issuerCertificate);
  if (Buffer.compare(readCrlHeader(copy).issuerName, issuer.subjectName) !== 0) {
    throw new ProfileError(
      "issuer",
      `the list is not one of ${issuer.subject}; give the certificate that it was built with`,
    );
  }
  return signTbs(copy, signer, issuer.spki);
}
