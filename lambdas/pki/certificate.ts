/** Reading certificates: the fields that the registry, the lists and the next signature need. */
import { hash } from "node:crypto";
import { tag } from "./der.ts";
import {
  booleanOf,
  childrenOf,
  contentOf,
  encodingOf,
  expectTag,
  instantOf,
  integerOf,
  wholeElement,
} from "./der-reader.ts";
import { subjectText } from "./name-text.ts";
import { oid } from "./oids.ts";
import { extensionValue, readTbs } from "./tbs.ts";

/** A certificate that was read; all octets are views of `der`. */
export type X509Certificate = {
  readonly der: Uint8Array;
  /** The signed part. */
  readonly tbs: Uint8Array;
  /** Lower-case hex of the octets. */
  readonly serialNumber: string;
  /** Text of the names in the order of the certificate; see `subjectText`. */
  readonly issuer: string;
  readonly subject: string;
  /** DER of the names. */
  readonly issuerName: Uint8Array;
  readonly subjectName: Uint8Array;
  /** First and last second of the validity, both inclusive. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** Subject key identifier in lower-case hex, if it has one. */
  readonly keyId: string | undefined;
  /** How many authorities may follow; undefined when it is no authority's certificate. */
  readonly pathLength: number | undefined;
  /** Fingerprints of the whole DER in lower-case hex. */
  readonly sha256: string;
  readonly sha1: string;
};

/** Reads a certificate's DER. Throws DerError. The signature is not checked here. */
export function readCertificate(der: Uint8Array): X509Certificate {
  const [tbsElement, , signature] = childrenOf(der, wholeElement(der));
  expectTag(signature, tag.bitString);
  const tbs = encodingOf(der, expectTag(tbsElement, tag.sequence));
  const { serialNumber, issuerName, subjectName, notBefore, notAfter, spki, extensions } = readTbs(tbs);
  return {
    der,
    tbs,
    serialNumber,
    issuer: subjectText(issuerName),
    subject: subjectText(subjectName),
    issuerName,
    subjectName,
    notBefore: instantOf(notBefore),
    notAfter: instantOf(notAfter),
    spki,
    keyId: keyIdOf(extensionValue(extensions, oid.subjectKeyIdentifier)),
    pathLength: pathLengthOf(extensionValue(extensions, oid.basicConstraints)),
    sha256: hash("sha256", der),
    sha1: hash("sha1", der),
  };
}

const known = new WeakMap<Uint8Array, X509Certificate>();

/** Reads an authority's certificate, once for each array of octets (which must not change): thousands of certificates in a row have the same one. */
export function readAuthority(der: Uint8Array): X509Certificate {
  const read = known.get(der) ?? readCertificate(der);
  known.set(der, read);
  return read;
}

const keyIdOf = (value: Uint8Array | undefined): string | undefined =>
  value && Buffer.from(contentOf(value, wholeElement(value, tag.octetString))).toString("hex");

function pathLengthOf(value: Uint8Array | undefined): number | undefined {
  if (value === undefined) return undefined;
  const [authority, length] = childrenOf(value, wholeElement(value));
  if (authority === undefined || !booleanOf(value, authority)) return undefined;
  return length === undefined ? Number.POSITIVE_INFINITY : Number(integerOf(value, length));
}
