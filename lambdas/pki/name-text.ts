/** Names as people read them: the order of the certificate, the escapes of RFC 4514 §2.4. */
import { tag } from "./der.ts";
import {
  DerError,
  childrenOf,
  encodingOf,
  expectTag,
  objectIdentifierOf,
  textOf,
  wholeElement,
  type Element,
} from "./der-reader.ts";
import { oid } from "./oids.ts";

/** One attribute of a Name as it is written. */
export type Attribute = {
  /** Dotted object identifier. */
  readonly type: string;
  /** Identifier octet of the value. */
  readonly tag: number;
  /** Text of the value; undefined when it is no string, or its octets are not of its encoding. */
  readonly text: string | undefined;
  /** DER of the value, a view. */
  readonly value: Uint8Array;
};

/** The relative distinguished names of a Name's DER with their attributes, in the order of the certificate. Throws DerError. */
export const readName = (name: Uint8Array): Attribute[][] =>
  childrenOf(name, wholeElement(name)).map((rdn) =>
    childrenOf(name, expectTag(rdn, tag.set)).map((attribute) => readAttribute(name, attribute)),
  );

function readAttribute(name: Uint8Array, attribute: Element): Attribute {
  const [type, value, ...others] = childrenOf(name, expectTag(attribute, tag.sequence));
  if (value === undefined || others.length > 0)
    throw new DerError("an attribute that is not of one type and one value");
  return {
    type: objectIdentifierOf(name, expectTag(type, tag.objectIdentifier)),
    tag: value.tag,
    text: textOf(name, value),
    value: encodingOf(name, value),
  };
}

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
export const subjectText = (name: Uint8Array): string =>
  readName(name)
    .map((rdn) => rdn.map(attributeText).join("+"))
    .join(", ");

const attributeText = ({ type, text, value }: Attribute): string =>
  `${SHORT_NAMES.get(type) ?? type}=${text === undefined ? `#${Buffer.from(value).toString("hex")}` : escaped(text)}`;

/** RFC 4514 §2.4, and hex pairs for what cannot be seen. */
const escaped = (text: string): string =>
  text.replace(/^[ #]| $|[\\,+"<>;\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    /[ -~]/.test(character) ? `\\${character}` : Buffer.from(character, "utf8").toString("hex").replace(/../g, "\\$&"),
  );
