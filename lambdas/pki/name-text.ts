/** Names as people read them: the order of the certificate, the escapes of RFC 4514 §2.4. */
import { tag } from "./der.ts";
import {
  childrenOf,
  contentOf,
  encodingOf,
  expectTag,
  objectIdentifierOf,
  wholeElement,
  type Element,
} from "./der-reader.ts";
import { oid } from "./oids.ts";

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  [oid.emailAddress, "E"],
  [oid.commonName, "CN"],
  [oid.organizationalUnitName, "OU"],
  [oid.organizationName, "O"],
  [oid.countryName, "C"],
]);

/**
 * Text of a Name's DER, e.g. `E=taro@example.jp, CN=Yamada Taro, OU=Warifu, O=Example, C=JP`. Unlike RFC 4514 it keeps
 * the order of the certificate and puts a blank after the comma; names with different values never give the same text.
 */
export function subjectText(name: Uint8Array): string {
  return childrenOf(name, wholeElement(name))
    .map((rdn) =>
      childrenOf(name, expectTag(rdn, tag.set))
        .map((attribute) => attributeText(name, attribute))
        .join("+"),
    )
    .join(", ");
}

function attributeText(name: Uint8Array, attribute: Element): string {
  const [type, value] = childrenOf(name, expectTag(attribute, tag.sequence));
  const dotted = objectIdentifierOf(name, expectTag(type, tag.objectIdentifier));
  if (value === undefined) return dotted;
  const text = stringOf(name, value);
  const hex = `#${Buffer.from(encodingOf(name, value)).toString("hex")}`;
  return `${SHORT_NAMES.get(dotted) ?? dotted}=${text === undefined ? hex : escaped(text)}`;
}

const ENCODINGS: ReadonlyMap<number, string> = new Map([
  [tag.utf8String, "utf-8"],
  [tag.printableString, "utf-8"],
  [tag.ia5String, "utf-8"],
  [tag.bmpString, "utf-16be"],
]);

/** Text of a string type; undefined for other types and for octets that are not of the type's encoding. */
function stringOf(name: Uint8Array, value: Element): string | undefined {
  const encoding = ENCODINGS.get(value.tag);
  if (encoding === undefined) return undefined;
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(contentOf(name, value));
  } catch {
    return undefined;
  }
}

/** RFC 4514 §2.4, and hex pairs for what cannot be seen. */
function escaped(text: string): string {
  const characters = Array.from(text);
  return characters
    .map((character, index) => {
      const first = index === 0 && (character === " " || character === "#");
      const last = index === characters.length - 1 && character === " ";
      if (first || last || /[\\,+"<>;]/.test(character)) return `\\${character}`;
      if (!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(character)) return character;
      return Buffer.from(character, "utf8").toString("hex").replace(/../g, "\\$&");
    })
    .join("");
}
