/** Reading the CRLs that `crl.ts` writes, quickly and strictly: anything else in them is refused. */
import { noEntries, type CrlEntries } from "./crl-entries.ts";
import { checkEntry, compareSerials, entryAt } from "./crl-entry-der.ts";
import { tag } from "./der.ts";
import {
  DerError,
  asBuffer,
  childrenOf,
  contentOf,
  encodingOf,
  expectTag,
  integerOf,
  timeOf,
  wholeElement,
  type Element,
} from "./der-reader.ts";
import { subjectText } from "./name-text.ts";
import { oid } from "./oids.ts";
import { signedPart } from "./signature.ts";
import { extensionValue, readExtensions } from "./tbs.ts";

/** A CRL that was read; octets are views of its DER. */
export type Crl = {
  readonly number: bigint;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  /** Text and DER of the issuer's name. */
  readonly issuer: string;
  readonly issuerName: Uint8Array;
  /** Key identifier of the issuer in lower-case hex. */
  readonly authorityKeyId: string;
  readonly entries: CrlEntries;
};

/** Reads a CRL's DER (a million entries in about a third of a second). Throws DerError. The signature is not checked here. */
export function readCrl(der: Uint8Array): Crl {
  const tbs = signedPart(der);
  const { list, ...header } = readHeader(tbs);
  return { ...header, entries: list === undefined ? noEntries : readEntries(tbs, expectTag(list, tag.sequence)) };
}

/** Reads the signed part of a CRL but for its entries. Throws DerError. */
export function readCrlHeader(tbs: Uint8Array): Omit<Crl, "entries"> {
  const { list: _, ...header } = readHeader(tbs);
  return header;
}

function readHeader(tbs: Uint8Array): Omit<Crl, "entries"> & { readonly list: Element | undefined } {
  const [version, algorithm, issuer, thisUpdate, nextUpdate, ...rest] = childrenOf(tbs, wholeElement(tbs));
  if (integerOf(tbs, expectTag(version, tag.integer)) !== 1n) throw new DerError("a CRL that is not of version 2");
  expectTag(algorithm, tag.sequence);
  const issuerName = encodingOf(tbs, expectTag(issuer, tag.sequence));
  if (thisUpdate === undefined || nextUpdate === undefined) throw new DerError("a CRL without its times");
  const extensionsField = rest.pop();
  const [list, ...unknown] = rest;
  if (unknown.length > 0) throw new DerError("a CRL with unknown fields");
  const extensions = readExtensions(tbs, expectTag(extensionsField, 0xa0));
  return {
    number: numberOf(extensionValue(extensions, oid.crlNumber)),
    thisUpdate: timeOf(tbs, thisUpdate),
    nextUpdate: timeOf(tbs, nextUpdate),
    issuer: subjectText(issuerName),
    issuerName,
    authorityKeyId: keyIdOf(extensionValue(extensions, oid.authorityKeyIdentifier)),
    list,
  };
}

function numberOf(value: Uint8Array | undefined): bigint {
  if (value === undefined) throw new DerError("a CRL without number");
  return integerOf(value, wholeElement(value, tag.integer));
}

function keyIdOf(value: Uint8Array | undefined): string {
  if (value === undefined) throw new DerError("a CRL without authority key identifier");
  const [keyIdentifier] = childrenOf(value, wholeElement(value));
  return Buffer.from(contentOf(value, expectTag(keyIdentifier, 0x80))).toString("hex");
}

/** The entries as they are, each checked. */
function readEntries(der: Uint8Array, list: Element): CrlEntries {
  if (list.content === list.end) throw new DerError("an empty list of revoked certificates, which must be absent");
  let count = 0;
  let previous = -1;
  for (let offset = list.content; offset < list.end;) {
    const end = checkEntry(der, offset, list.end);
    if (previous >= 0 && compareSerials(der, previous, der, offset) >= 0) {
      const { serialNumber } = entryAt(der, offset);
      throw new DerError(`the serial number ${serialNumber} is out of order or appears twice`);
    }
    count += 1;
    previous = offset;
    offset = end;
  }
  return { der: asBuffer(contentOf(der, list)), count };
}
