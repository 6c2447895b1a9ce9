import { contentOf, wholeElement } from "../der-reader.ts";
import { tag } from "../der.ts";
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
    const written = Buffer.from(contentOf(value, wholeElement(value, tag.octetString))).toString("hex");
    return written === keyIdentifierOf(linted.tbs.spki) ? [] : ["the subject key identifier is not that of the key"];
  },
};
