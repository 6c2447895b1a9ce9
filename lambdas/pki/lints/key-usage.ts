import { namedBitsOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Role } from "./linted.ts";

/** The first bit is 0x80. */
const DIGITAL_SIGNATURE = 0x80;
const KEY_CERT_SIGN = 0x04;
const CRL_SIGN = 0x02;

const AUTHORITY = KEY_CERT_SIGN | CRL_SIGN;
const bitsFor: Readonly<Record<Role, number>> = { root: AUTHORITY, issuing: AUTHORITY, leaf: DIGITAL_SIGNATURE };

/** Authorities sign certificates and CRLs and nothing else. Leaves are for clientAuth: digitalSignature alone, with every kind of key. */
export const keyUsage: Lint = {
  name: "key-usage",
  source: "RFC 5280 §4.2.1.3, §4.2.1.12",
  find: (linted) => {
    const value = extensionValue(linted, oid.keyUsage);
    if (value === undefined) return ["key usage is missing"];
    return namedBitsOf(value, wholeElement(value, tag.bitString)) === bitsFor[linted.role]
      ? []
      : ["key usage has other bits than the profile"];
  },
};
