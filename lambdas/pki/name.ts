/**
 * X.500 names of this PKI, made from structured values only: in string forms such as `CN=…,O=…` a value
 * can become syntax.
 */
import { ia5String, objectIdentifier, printableString, sequence, setOf, utf8String } from "./der.ts";
import { oid } from "./oids.ts";
import { ProfileError } from "./profile-error.ts";

/** Values of a subject; they are written in the order of the fields, one attribute per RDN. */
export type SubjectParts = {
  /** E and the rfc822Name; ASCII, at most 255 characters. Authorities have none. */
  readonly email?: string | undefined;
  /** CN, at most 64 characters. */
  readonly commonName: string;
  /** OU in order, each at most 64 characters. */
  readonly organizationalUnits: readonly string[];
  /** O, at most 64 characters. */
  readonly organization: string;
  /** C, two capital letters of ISO 3166-1. */
  readonly country: string;
};

/** Upper bounds of RFC 5280 appendix A.1, in characters. */
export const NAME_LIMIT = 64;
const EMAIL_LIMIT = 255;

/**
 * The DER of the Name: E, CN, OU…, O, C. Throws ProfileError with the rules `empty`, `length`, `hidden-character`,
 * `email` or `country`.
 */
export function nameDer(parts: SubjectParts): Uint8Array {
  const rdns: Uint8Array[] = [];
  if (parts.email !== undefined) rdns.push(rdn(oid.emailAddress, ia5String(checkedEmail(parts.email))));
  rdns.push(rdn(oid.commonName, utf8String(checkedText("CN", parts.commonName))));
  for (const unit of parts.organizationalUnits)
    rdns.push(rdn(oid.organizationalUnitName, utf8String(checkedText("OU", unit))));
  rdns.push(rdn(oid.organizationName, utf8String(checkedText("O", parts.organization))));
  if (!/^[A-Z]{2}$/.test(parts.country)) throw new ProfileError("country", "C must be two capital letters, e.g. JP");
  rdns.push(rdn(oid.countryName, printableString(parts.country)));
  return sequence(...rdns);
}

const rdn = (type: string, value: Uint8Array): Uint8Array => setOf(sequence(objectIdentifier(type), value));

/**
 * Characters that a reader cannot see or that reorder the text: controls (Cc), formats with the
 * bidirectional ones and zero-width ones (Cf), line and paragraph separators (Zl, Zp), lone surrogates (Cs),
 * and code points that are no characters.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/u;

/** What is wrong with a text: a stable word for the rule, and the rest of a sentence that begins with the name of the place. */
export type TextFault = { readonly rule: string; readonly detail: string };

/** Why a text is not allowed in a name, or undefined when it is. */
export function textFault(text: string, limit: number): TextFault | undefined {
  const hidden = HIDDEN.exec(text)?.[0];
  if (hidden !== undefined) {
    const code = (hidden.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    return { rule: "hidden-character", detail: `contains the invisible character U+${code}; remove it` };
  }
  if (text.trim() === "") return { rule: "empty", detail: "is empty; give a value or leave the attribute out" };
  const { length } = Array.from(text);
  if (length > limit) return { rule: "length", detail: `has ${length} characters; at most ${limit} are allowed` };
  return undefined;
}

/** Why a text is no mail address for E and rfc822Name, or undefined when it is one. The stricter rule of the input screens comes before this. */
export function emailFault(email: string): TextFault | undefined {
  const fault = textFault(email, EMAIL_LIMIT);
  if (fault !== undefined) return fault;
  if (!/^[!-~]+$/.test(email)) return { rule: "email", detail: "must be ASCII without blanks" };
  if (!/^[^@]+@[^@]+$/.test(email)) return { rule: "email", detail: "must have one @ with text on both sides" };
  return undefined;
}

function checkedText(attribute: string, text: string): string {
  const fault = textFault(text, NAME_LIMIT);
  if (fault !== undefined) throw new ProfileError(fault.rule, `${attribute} ${fault.detail}`);
  return text;
}

function checkedEmail(email: string): string {
  const fault = emailFault(email);
  if (fault !== undefined) throw new ProfileError(fault.rule, `E ${fault.detail}`);
  return email;
}
