/** The extensions of the profile, each as the DER of one Extension (RFC 5280 §4.2). */
import { hash } from "node:crypto";
import {
  booleanTrue,
  context,
  contextPrimitive,
  integer,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  tag,
  utf8String,
} from "./der.ts";
import { bitStringOf, childrenOf, expectTag, wholeElement } from "./der-reader.ts";
import { emailFault, textFault, type TextFault } from "./name.ts";
import { oid } from "./oids.ts";
import { ProfileError } from "./profile-error.ts";

const extension = (id: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(id), octetString(value));
const criticalExtension = (id: string, value: Uint8Array): Uint8Array =>
  sequence(objectIdentifier(id), booleanTrue(), octetString(value));

/** Bits of RFC 5280 §4.2.1.3 that are used here. */
const KEY_USAGE_BITS = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

/** Key usage, critical. */
export const keyUsage = (usages: readonly (keyof typeof KEY_USAGE_BITS)[]): Uint8Array =>
  criticalExtension(oid.keyUsage, namedBits(...usages.map((usage) => KEY_USAGE_BITS[usage])));

/** Basic constraints of an authority, critical. */
export const authorityConstraints = (pathLength: number): Uint8Array =>
  criticalExtension(oid.basicConstraints, sequence(booleanTrue(), integer(pathLength)));

export const extendedKeyUsage = (usages: readonly string[]): Uint8Array =>
  extension(oid.extKeyUsage, sequence(...usages.map(objectIdentifier)));

/** Longest user principal name; Active Directory accepts more, people do not type more. */
const UPN_LIMIT = 256;

/** Why a text is not allowed as user principal name, or undefined when it is. */
export function upnFault(upn: string): TextFault | undefined {
  const fault = textFault(upn, UPN_LIMIT);
  if (fault !== undefined) return fault;
  return /^[^@\s]+@[^@\s]+$/.test(upn) ? undefined : { rule: "upn", detail: "must read name@suffix without blanks" };
}

/** rfc822Name, and the user principal name as Microsoft's otherName (UTF8String) when there is one. */
export function subjectAltName(names: { readonly email: string; readonly upn?: string | undefined }): Uint8Array {
  const fault = emailFault(names.email);
  if (fault !== undefined) throw new ProfileError(fault.rule, `rfc822Name ${fault.detail}`);
  const generalNames = [contextPrimitive(1, Buffer.from(names.email, "latin1"))];
  if (names.upn !== undefined) {
    const faultOfUpn = upnFault(names.upn);
    if (faultOfUpn !== undefined) throw new ProfileError(faultOfUpn.rule, `UPN ${faultOfUpn.detail}`);
    generalNames.push(context(0, objectIdentifier(oid.userPrincipalName), context(0, utf8String(names.upn))));
  }
  return extension(oid.subjectAltName, sequence(...generalNames));
}

/** Lower-case hex of a key identifier: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093 §2 method 1). */
export function keyIdentifierOf(spki: Uint8Array): string {
  const [, bits] = childrenOf(spki, wholeElement(spki));
  return hash("sha256", bitStringOf(spki, expectTag(bits, tag.bitString))).slice(0, 40);
}

export const subjectKeyIdentifier = (spki: Uint8Array): Uint8Array =>
  extension(oid.subjectKeyIdentifier, octetString(Buffer.from(keyIdentifierOf(spki), "hex")));

/** The authority's key identifier (lower-case hex) alone: name and serial number would break when its certificate is renewed. */
export const authorityKeyIdentifier = (keyId: string): Uint8Array =>
  extension(oid.authorityKeyIdentifier, sequence(contextPrimitive(0, Buffer.from(keyId, "hex"))));

export const crlDistributionPoint = (url: string): Uint8Array =>
  extension(oid.crlDistributionPoints, sequence(sequence(context(0, context(0, uri(url))))));

export const authorityInfoAccess = (caIssuersUrl: string): Uint8Array =>
  extension(oid.authorityInfoAccess, sequence(sequence(objectIdentifier(oid.caIssuers), uri(caIssuersUrl))));

export const certificatePolicies = (policies: readonly string[]): Uint8Array =>
  extension(oid.certificatePolicies, sequence(...policies.map((policy) => sequence(objectIdentifier(policy)))));

/** CRL number (RFC 5280 §5.2.3). */
export const crlNumber = (number: number | bigint): Uint8Array => extension(oid.crlNumber, integer(number));

/** uniformResourceIdentifier. Only plain http: fetching over https needs the very check that the fetch is for (RFC 5280 §8). */
function uri(url: string): Uint8Array {
  const fault = urlFault(url);
  if (fault !== undefined) throw new ProfileError("url", fault);
  return contextPrimitive(6, Buffer.from(url, "latin1"));
}

/** Why a URL is not allowed in a certificate, or undefined when it is. */
export function urlFault(url: string): string | undefined {
  if (!/^[!-~]+$/.test(url) || !URL.canParse(url)) return "the URL must be absolute and ASCII";
  const { protocol, username, hash } = new URL(url);
  return protocol === "http:" && username === "" && hash === ""
    ? undefined
    : "the URL must begin with http:// and have no user and no fragment";
}
