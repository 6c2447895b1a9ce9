/** Reading the signed part of a certificate (RFC 5280 §4.1.2), for lints and readers; unknown fields are refused. */
import { tag } from "./der.ts";
import {
  DerError,
  booleanOf,
  childrenOf,
  contentOf,
  encodingOf,
  expectTag,
  integerOf,
  objectIdentifierOf,
  onlyChildOf,
  unsignedHexOf,
  wholeElement,
  type Element,
} from "./der-reader.ts";
import { readName, type Attribute } from "./name-text.ts";

/** One extension as it is written. */
export type Extension = {
  /** Dotted object identifier. */
  readonly id: string;
  readonly critical: boolean;
  /** What is inside the OCTET STRING. */
  readonly value: Uint8Array;
};

/** The fields of a TBSCertificate as they are written; all octets are views of it. */
export type Tbs = {
  /** The number as encoded: 2 is version 3. */
  readonly version: bigint;
  /** Lower-case hex of the octets. */
  readonly serialNumber: string;
  /** DER of the AlgorithmIdentifier. */
  readonly signatureAlgorithm: Uint8Array;
  /** DER of the names. */
  readonly issuerName: Uint8Array;
  readonly subjectName: Uint8Array;
  /** The subject's relative distinguished names with their attributes. */
  readonly subject: readonly (readonly Attribute[])[];
  /** DER of the times, for `instantOf`: whether they are in the right form is not judged here. */
  readonly notBefore: Uint8Array;
  readonly notAfter: Uint8Array;
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** True when issuer or subject has a unique identifier. */
  readonly uniqueIdentifiers: boolean;
  readonly extensions: readonly Extension[];
};

/** Identifier octets of the tagged fields. */
const VERSION = 0xa0;
const UNIQUE_IDENTIFIERS: readonly number[] = [0x81, 0x82];
const EXTENSIONS = 0xa3;

/** Reads the DER of a TBSCertificate. Throws DerError. */
export function readTbs(der: Uint8Array): Tbs {
  const fields = childrenOf(der, wholeElement(der));
  const version = fields[0]?.tag === VERSION ? fields.shift() : undefined;
  const extensions = fields.at(-1)?.tag === EXTENSIONS ? fields.pop() : undefined;
  const [serial, algorithm, issuer, validity, subject, spki, ...unique] = fields;
  if (unique.some((field) => !UNIQUE_IDENTIFIERS.includes(field.tag)))
    throw new DerError("a certificate with unknown fields");
  const [notBefore, notAfter, ...times] = childrenOf(der, expectTag(validity, tag.sequence));
  if (notBefore === undefined || notAfter === undefined || times.length > 0)
    throw new DerError("a validity that is not of two times");
  const subjectName = encodingOf(der, expectTag(subject, tag.sequence));
  return {
    version: version === undefined ? 0n : integerOf(der, onlyChildOf(der, version, tag.integer)),
    serialNumber: unsignedHexOf(der, expectTag(serial, tag.integer)),
    signatureAlgorithm: encodingOf(der, expectTag(algorithm, tag.sequence)),
    issuerName: encodingOf(der, expectTag(issuer, tag.sequence)),
    subjectName,
    subject: readName(subjectName),
    notBefore: encodingOf(der, notBefore),
    notAfter: encodingOf(der, notAfter),
    spki: encodingOf(der, expectTag(spki, tag.sequence)),
    uniqueIdentifiers: unique.length > 0,
    extensions: extensions === undefined ? [] : readExtensions(der, extensions),
  };
}

/** The extensions in the `[3]` field of a TBSCertificate or the `[0]` of a TBSCertList, in order. Throws DerError. */
export const readExtensions = (der: Uint8Array, field: Element): Extension[] =>
  childrenOf(der, onlyChildOf(der, field, tag.sequence)).map((extension) => readExtension(der, extension));

function readExtension(der: Uint8Array, extension: Element): Extension {
  const parts = childrenOf(der, expectTag(extension, tag.sequence));
  const value = contentOf(der, expectTag(parts.pop(), tag.octetString));
  const [id, critical, ...others] = parts;
  if (others.length > 0) throw new DerError("an extension with unknown fields");
  // FALSE is the DEFAULT, which DER leaves out (X.690 §11.5)
  if (critical !== undefined && !booleanOf(der, critical)) throw new DerError("an extension with a written FALSE");
  return { id: objectIdentifierOf(der, expectTag(id, tag.objectIdentifier)), critical: critical !== undefined, value };
}

/** Value of the first extension with this identifier. */
export const extensionValue = (extensions: readonly Extension[], id: string): Uint8Array | undefined =>
  extensions.find((extension) => extension.id === id)?.value;
