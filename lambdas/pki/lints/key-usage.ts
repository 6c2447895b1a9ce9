import { namedBitsOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
import { keyAlgorithm } from "../keys.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint, type Linted } from "./linted.ts";

/** The first bit is 0x80. */
const DIGITAL_SIGNATURE = 0x80;
const KEY_ENCIPHERMENT = 0x20;
const KEY_CERT_SIGN = 0x04;
const CRL_SIGN = 0x02;

/** Authorities sign certificates and CRLs and nothing else; leaves sign, and with RSA also receive keys. */
export const keyUsage: Lint = {
  name: "key-usage",
  source: "RFC 5280 §4.2.1.3",
  find: (linted) => {
    const value = extensionValue(linted, oid.keyUsage);
    if (value === undefined) return ["key usage is missing"];
    return namedBitsOf(value, wholeElement(value, tag.bitString)) === bitsFor(linted)
      ? []
      : ["key usage has other bits than the profile"];
  },
};

function bitsFor({ role, tbs }: Linted): number {
  if (role !== "leaf") return KEY_CERT_SIGN | CRL_SIGN;
  return keyAlgorithm(tbs.spki) === "rsa" ? DIGITAL_SIGNATURE | KEY_ENCIPHERMENT : DIGITAL_SIGNATURE;
}
