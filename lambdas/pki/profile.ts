/** The certificates of this PKI as their to-be-signed parts (RFC 5280 §4.1): root, issuing authorities, leaves. */
import { readAuthority } from "./certificate.ts";
import { context, integer, sequence, time } from "./der.ts";
import {
  authorityConstraints,
  authorityInfoAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  crlDistributionPoint,
  extendedKeyUsage,
  keyIdentifierOf,
  keyUsage,
  subjectAltName,
  subjectKeyIdentifier,
} from "./extensions.ts";
import { nameDer, type SubjectParts } from "./name.ts";
import { oid } from "./oids.ts";
import { serialInteger } from "./serial.ts";
import { algorithmIdentifier, signatureAlgorithmOf } from "./signature-algorithm.ts";

/** What every certificate needs. */
type CertificateOrder = {
  /** Lower-case hex of 16 octets, from `newSerial`. */
  readonly serialNumber: string;
  /** First and last second of the validity, both inclusive; fractions of a second are cut off. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
};

/** What every certificate below the root needs of its authority. */
type SubordinateOrder = CertificateOrder & {
  /** DER of the authority's certificate. */
  readonly authority: Uint8Array;
  /** http URL of the authority's CRL. */
  readonly distributionPoint: string;
  /** http URL of the authority's certificate (DER). */
  readonly caIssuers: string;
};

export type RootOrder = CertificateOrder & { readonly subject: Omit<SubjectParts, "email"> };
export type IssuingOrder = SubordinateOrder & { readonly subject: Omit<SubjectParts, "email"> };
export type LeafOrder = SubordinateOrder & {
  readonly subject: SubjectParts & { readonly email: string };
  /** User principal name: adds the otherName and the smart-card logon usage. */
  readonly upn?: string | undefined;
  /** Dotted identifiers of the certificate policies; may be empty. */
  readonly policies: readonly string[];
};

/** TBS of a client certificate. Throws ProfileError for values that the profile does not allow. */
export function leafTbs(order: LeafOrder): Uint8Array {
  const { email } = order.subject;
  return subordinateTbs(order, [
    // RFC 5280 §4.2.1.12: with clientAuth a key signs; keyEncipherment is not consistent with it, for RSA neither.
    keyUsage(["digitalSignature"]),
    extendedKeyUsage(order.upn === undefined ? [oid.clientAuth] : [oid.clientAuth, oid.smartcardLogon]),
    subjectAltName({ email, upn: order.upn }),
    ...(order.policies.length === 0 ? [] : [certificatePolicies(order.policies)]),
  ]);
}

/** TBS of an issuing authority's certificate: pathLen 0, any policy below it. */
export const issuingTbs = (order: IssuingOrder): Uint8Array =>
  subordinateTbs(order, [
    authorityConstraints(0),
    keyUsage(["keyCertSign", "cRLSign"]),
    certificatePolicies([oid.anyPolicy]),
  ]);

/** TBS of a self-signed root: pathLen 1. */
export function rootTbs(order: RootOrder): Uint8Array {
  const name = nameDer(order.subject);
  return tbsCertificate(order, { name, spki: order.publicKey }, name, [
    authorityConstraints(1),
    keyUsage(["keyCertSign", "cRLSign"]),
    subjectKeyIdentifier(order.publicKey),
  ]);
}

function subordinateTbs(order: IssuingOrder | LeafOrder, extensions: readonly Uint8Array[]): Uint8Array {
  const authority = readAuthority(order.authority);
  return tbsCertificate(order, { name: authority.subjectName, spki: authority.spki }, nameDer(order.subject), [
    ...extensions,
    subjectKeyIdentifier(order.publicKey),
    authorityKeyIdentifier(authority.keyId ?? keyIdentifierOf(authority.spki)),
    crlDistributionPoint(order.distributionPoint),
    authorityInfoAccess(order.caIssuers),
  ]);
}

const tbsCertificate = (
  order: CertificateOrder,
  issuer: { readonly name: Uint8Array; readonly spki: Uint8Array },
  subject: Uint8Array,
  extensions: readonly Uint8Array[],
): Uint8Array =>
  sequence(
    context(0, integer(2)),
    serialInteger(order.serialNumber),
    algorithmIdentifier(signatureAlgorithmOf(issuer.spki)),
    issuer.name,
    sequence(time(order.notBefore), time(order.notAfter)),
    subject,
    order.publicKey,
    context(3, sequence(...extensions)),
  );
