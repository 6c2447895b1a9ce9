import {
  asBuffer,
  childrenOf,
  expectTag,
  objectIdentifierOf,
  onlyChildOf,
  textOf,
  wholeElement,
  type Element,
} from "../der-reader.ts";
import { tag } from "../der.ts";
import { upnFault } from "../extensions.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Linted } from "./linted.ts";

/** `[0]` and `[1]` of a GeneralName, and `[0] EXPLICIT` of the value in an OtherName. */
const OTHER_NAME = 0xa0;
const RFC822_NAME = 0x81;
const OTHER_VALUE = 0xa0;

/** Leaves: the rfc822Name equals E; besides it at most one user principal name, as UTF8String. */
export const subjectAlternativeName: Lint = {
  name: "subject-alternative-name",
  source: "RFC 5280 §4.2.1.6",
  find: (linted) => {
    if (linted.role !== "leaf") return [];
    const value = extensionValue(linted, oid.subjectAltName);
    if (value === undefined) return ["the subject alternative name is missing"];
    const [mail, upn, ...others] = childrenOf(value, wholeElement(value));
    const email = linted.tbs.subject.flat().find(({ type }) => type === oid.emailAddress)?.text;
    return [
      ...(mail?.tag === RFC822_NAME && asBuffer(value).toString("latin1", mail.content, mail.end) === email
        ? []
        : ["the first name is not the subject's E as rfc822Name"]),
      ...(upn === undefined || isUpn(value, upn) ? [] : ["the second name is not a user principal name"]),
      ...(others.length === 0 ? [] : ["it has more names than mail address and user principal name"]),
    ];
  },
};

/** True when the certificate has a user principal name. */
export function hasUpn(linted: Linted): boolean {
  const value = extensionValue(linted, oid.subjectAltName);
  return value !== undefined && childrenOf(value, wholeElement(value)).some((name) => name.tag === OTHER_NAME);
}

function isUpn(value: Uint8Array, name: Element): boolean {
  if (name.tag !== OTHER_NAME) return false;
  const [type, other, ...unknown] = childrenOf(value, name);
  if (objectIdentifierOf(value, expectTag(type, tag.objectIdentifier)) !== oid.userPrincipalName) return false;
  const text = textOf(value, onlyChildOf(value, expectTag(other, OTHER_VALUE), tag.utf8String));
  return unknown.length === 0 && text !== undefined && upnFault(text) === undefined;
}
