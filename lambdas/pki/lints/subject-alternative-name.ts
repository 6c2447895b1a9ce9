import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectAlternativeName, type GeneralName } from "@peculiar/asn1-x509";
import { childrenOf, contentOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import { textFault } from "../name.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Linted } from "./linted.ts";

/** Leaves: the rfc822Name equals E; besides it at most one user principal name, as UTF8String. */
export const subjectAlternativeName: Lint = {
  name: "subject-alternative-name",
  source: "RFC 5280 §4.2.1.6",
  find: (linted) => {
    if (linted.role !== "leaf") return [];
    const [mail, upn, ...others] = namesOf(linted);
    const email = linted.tbs.subject.flat().find(({ type }) => type === oid.emailAddress)?.value.ia5String;
    return [
      ...(mail?.rfc822Name !== undefined && mail.rfc822Name === email
        ? []
        : ["the first name is not the subject's E as rfc822Name"]),
      ...(upn === undefined || isUpn(upn) ? [] : ["the second name is not a user principal name"]),
      ...(others.length === 0 ? [] : ["it has more names than mail address and user principal name"]),
    ];
  },
};

/** True when the certificate has a user principal name. */
export const hasUpn = (linted: Linted): boolean => namesOf(linted).some((name) => name.otherName !== undefined);

function namesOf(linted: Linted): GeneralName[] {
  const value = extensionValue(linted, oid.subjectAltName);
  return value === undefined ? [] : [...AsnConvert.parse(value, SubjectAlternativeName)];
}

/** The library gives the content of `[0] EXPLICIT`, or the tag with it, by version; both end in the string. */
function isUpn({ otherName }: GeneralName): boolean {
  if (otherName?.typeId !== oid.userPrincipalName) return false;
  const value = new Uint8Array(otherName.value);
  const string =
    value[0] === 0xa0 ? childrenOf(value, wholeElement(value, 0xa0))[0] : wholeElement(value, tag.utf8String);
  return (
    string?.tag === tag.utf8String &&
    textFault(Buffer.from(contentOf(value, string)).toString("utf8"), 256) === undefined
  );
}
