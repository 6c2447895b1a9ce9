import { AsnConvert } from "@peculiar/asn1-schema";
import { AuthorityKeyIdentifier } from "@peculiar/asn1-x509";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** Below the root: the authority's subject key identifier, and nothing else. */
export const authorityKeyIdentifier: Lint = {
  name: "authority-key-identifier",
  source: "RFC 5280 §4.2.1.1",
  find: (linted) => {
    if (linted.authority === "self") return [];
    const value = extensionValue(linted, oid.authorityKeyIdentifier);
    if (value === undefined) return ["the authority key identifier is missing"];
    const { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber } = AsnConvert.parse(
      value,
      AuthorityKeyIdentifier,
    );
    const written = keyIdentifier && Buffer.from(keyIdentifier.buffer).toString("hex");
    return [
      ...(written !== undefined && written === linted.authority.keyId
        ? []
        : ["it is not the authority's subject key identifier"]),
      ...(authorityCertIssuer === undefined && authorityCertSerialNumber === undefined
        ? []
        : ["it names one certificate of the authority"]),
    ];
  },
};
