import { AsnConvert } from "@peculiar/asn1-schema";
import { SubjectKeyIdentifier } from "@peculiar/asn1-x509";
import { readTbs } from "../certificate.ts";
import { keyIdentifierOf } from "../extensions.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** The identifier is that of the certificate's own key. */
export const subjectKeyIdentifier: Lint = {
  name: "subject-key-identifier",
  source: "RFC 5280 §4.2.1.2, RFC 7093 §2 method 1",
  find: (linted) => {
    const value = extensionValue(linted, oid.subjectKeyIdentifier);
    if (value === undefined) return ["the subject key identifier is missing"];
    const written = Buffer.from(AsnConvert.parse(value, SubjectKeyIdentifier).buffer).toString("hex");
    return written === keyIdentifierOf(readTbs(linted.der).spki)
      ? []
      : ["the subject key identifier is not that of the key"];
  },
};
