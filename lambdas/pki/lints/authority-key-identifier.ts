import { childrenOf, contentOf, wholeElement } from "../der-reader.ts";
import { oid } from "../oids.ts";
import { extensionValue, type Lint } from "./linted.ts";

/** `[0]`, the keyIdentifier. */
const KEY_IDENTIFIER = 0x80;

/** Below the root: the authority's subject key identifier, and nothing else. */
export const authorityKeyIdentifier: Lint = {
  name: "authority-key-identifier",
  source: "RFC 5280 §4.2.1.1",
  find: (linted) => {
    if (linted.authority === "self") return [];
    const value = extensionValue(linted, oid.authorityKeyIdentifier);
    if (value === undefined) return ["the authority key identifier is missing"];
    const [keyIdentifier, ...others] = childrenOf(value, wholeElement(value));
    if (keyIdentifier?.tag !== KEY_IDENTIFIER) return ["it has no key identifier"];
    const written = Buffer.from(contentOf(value, keyIdentifier)).toString("hex");
    return [
      ...(written === linted.authority.keyId ? [] : ["it is not the authority's subject key identifier"]),
      ...(others.length === 0 ? [] : ["it names one certificate of the authority"]),
    ];
  },
};
