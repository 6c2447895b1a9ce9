import { AsnConvert } from "@peculiar/asn1-schema";
import { KeyUsage, KeyUsageFlags } from "@peculiar/asn1-x509";
import { readTbs } from "../certificate.ts";
import { keyAlgorithm } from "../keys.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Authorities sign certificates and CRLs and nothing else; leaves sign, and with RSA also receive keys. */
export const keyUsage: Lint = {
  name: "key-usage",
  source: "RFC 5280 §4.2.1.3",
  find: (linted) => {
    const value = extensionValue(linted, oid.keyUsage);
    if (value === undefined) return ["key usage is missing"];
    const expected =
      linted.role === "leaf"
        ? KeyUsageFlags.digitalSignature | (isRsa(linted.der) ? KeyUsageFlags.keyEncipherment : 0)
        : KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign;
    return AsnConvert.parse(value, KeyUsage).toNumber() === expected
      ? []
      : ["key usage has other bits than the profile"];
  },
};

const isRsa = (der: Uint8Array): boolean => keyAlgorithm(readTbs(der).spki) === "rsa";
