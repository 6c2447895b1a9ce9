/** Reading certificates: the fields that the registry, the lists and the next signature need. */
import { createHash } from "node:crypto";
import { tag } from "./der.ts";
import {
  booleanOf,
  childrenOf,
  contentOf,
  elementAt,
  encodingOf,
  expectTag,
  integerOf,
  objectIdentifierOf,
  timeOf,
  unsignedHexOf,
  wholeElement,
  type Element,
} from "./der-reader.ts";
import { subjectText } from "./name-text.ts";
import { oid } from "./oids.ts";

/** A certificate that was read; all octets are views of `der`. */
export type Certificate = {
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
export function readCertificate(der: Uint8Array): Certificate {
  const [tbsElement, , signature] = childrenOf(der, wholeElement(der));
  expectTag(signature, tag.bitString);
  return {
    der,
    ...readTbs(encodingOf(der, expectTag(tbsElement, tag.sequence))),
    sha256: createHash("sha256").update(der).digest("hex"),
    sha1: createHash("sha1").update(der).digest("hex"),
  };
}

/** Reads the signed part of a certificate. Throws DerError. */
export function readTbs(tbs: Uint8Array): Omit<Certificate, "der" | "sha256" | "sha1"> {
  const fields = childrenOf(tbs, wholeElement(tbs));
  expectTag(fields[0], 0xa0);
  const [serial, , issuer, validity, subject, spki] = fields.slice(1);
  const [notBefore, notAfter] = childrenOf(tbs, expectTag(validity, tag.sequence));
  const extensions = readExtensions(
    tbs,
    fields.slice(7).find((field) => field.tag === 0xa3),
  );
  const issuerName = encodingOf(tbs, expectTag(issuer, tag.sequence));
  const subjectName = encodingOf(tbs, expectTag(subject, tag.sequence));
  const keyIdentifier = extensions.get(oid.subjectKeyIdentifier);
  return {
    tbs,
    serialNumber: unsignedHexOf(tbs, expectTag(serial, tag.integer)),
    issuer: subjectText(issuerName),
    subject: subjectText(subjectName),
    issuerName,
    subjectName,
    notBefore: timeOf(tbs, required(notBefore)),
    notAfter: timeOf(tbs, required(notAfter)),
    spki: encodingOf(tbs, expectTag(spki, tag.sequence)),
    keyId:
      keyIdentifier &&
      Buffer.from(contentOf(keyIdentifier, wholeElement(keyIdentifier, tag.octetString))).toString("hex"),
    pathLength: pathLengthOf(extensions.get(oid.basicConstraints)),
  };
}

const required = (element: Element | undefined): Element => element ?? expectTag(element, tag.utcTime);

/** Values of the extensions by dotted object identifier, from the `[3]` field of a TBSCertificate or the `[0]` of a TBSCertList. */
export function readExtensions(der: Uint8Array, field: Element | undefined): Map<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  if (field === undefined) return values;
  for (const extension of childrenOf(der, elementAt(der, field.content, field.end))) {
    const parts = childrenOf(der, expectTag(extension, tag.sequence));
    const name = objectIdentifierOf(der, expectTag(parts[0], tag.objectIdentifier));
    values.set(name, contentOf(der, expectTag(parts.at(-1), tag.octetString)));
  }
  return values;
}

function pathLengthOf(value: Uint8Array | undefined): number | undefined {
  if (value === undefined) return undefined;
  const [authority, length] = childrenOf(value, wholeElement(value));
  if (authority === undefined || !booleanOf(value, authority)) return undefined;
  return length === undefined ? Number.POSITIVE_INFINITY : Number(integerOf(value, length));
}
