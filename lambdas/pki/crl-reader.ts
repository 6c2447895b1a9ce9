/** Reading the CRLs that `crl.ts` writes, quickly and strictly: anything else in them is refused. */
import { REASON_CODES, type CrlEntry, type RevocationReason } from "./crl-entry.ts";
import { tag } from "./der.ts";
import {
  DerError,
  asBuffer,
  childrenOf,
  contentOf,
  elementAt,
  encodingOf,
  expectTag,
  integerOf,
  timeOf,
  unsignedHexOf,
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
  /** Ascending by serial number, each once. */
  readonly entries: readonly CrlEntry[];
};

/** Reads a CRL's DER (100,000 entries in about 0.1 s). Throws DerError. The signature is not checked here. */
export function readCrl(der: Uint8Array): Crl {
  const tbs = signedPart(der);
  const { list, ...header } = readHeader(tbs);
  return { ...header, entries: list === undefined ? [] : readEntries(tbs, expectTag(list, tag.sequence)) };
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

function readEntries(der: Uint8Array, list: Element): CrlEntry[] {
  const tbs = asBuffer(der);
  const entries: CrlEntry[] = [];
  if (list.content === list.end) throw new DerError("an empty list of revoked certificates, which must be absent");
  let previous = "";
  for (let offset = list.content; offset < list.end;) {
    const entry = expectTag(elementAt(tbs, offset, list.end), tag.sequence);
    const serial = elementAt(tbs, entry.content, entry.end);
    const serialNumber = unsignedHexOf(tbs, serial);
    if (
      serialNumber.length < previous.length ||
      (serialNumber.length === previous.length && serialNumber <= previous)
    ) {
      throw new DerError(`the serial number ${serialNumber} is out of order or appears twice`);
    }
    previous = serialNumber;
    const revokedAt = elementAt(tbs, serial.end, entry.end);
    entries.push({ serialNumber, revokedAt: timeOf(tbs, revokedAt), reason: reasonOf(tbs, revokedAt.end, entry.end) });
    offset = entry.end;
  }
  return entries;
}

const REASONS: ReadonlyMap<string, RevocationReason> = new Map(
  Object.entries(REASON_CODES).map(([reason, code]) => [
    `300c300a0603551d1504030a010${code}`,
    reason as RevocationReason,
  ]),
);

/** The entry's extensions: absent, or the reason code alone. */
function reasonOf(tbs: Buffer, start: number, end: number): RevocationReason | undefined {
  if (start === end) return undefined;
  const reason = REASONS.get(tbs.toString("hex", start, end));
  if (reason === undefined) throw new DerError(`unknown extensions of a CRL entry at offset ${start}`);
  return reason;
}
