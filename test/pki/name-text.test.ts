import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bitString,
  ia5String,
  objectIdentifier,
  sequence,
  setOf,
  tag,
  tlv,
  utf8String,
} from "../../lambdas/pki/der.ts";
import { DerError } from "../../lambdas/pki/der-reader.ts";
import { nameDer, textFault } from "../../lambdas/pki/name.ts";
import { subjectText } from "../../lambdas/pki/name-text.ts";

const attribute = (type: string, value: Uint8Array): Uint8Array => sequence(objectIdentifier(type), value);
const commonName = (value: Uint8Array): string => subjectText(sequence(setOf(attribute("2.5.4.3", value))));

/** Takes the text apart again as RFC 4514 §3 says. */
function takenApart(text: string): [string, string][] {
  const attributes: [string, string][] = [];
  for (const [, type, value] of text.matchAll(/([A-Z]+)=((?:\\.|[^\\,])*)(?:, |$)/gsu)) {
    if (type === undefined || value === undefined) continue;
    attributes.push([type, value.replace(/\\(.)/gsu, "$1")]);
  }
  return attributes;
}

describe("subjectText", () => {
  it("gives the attributes in the order of the certificate", () => {
    const name = nameDer({
      email: "t@e.jp",
      commonName: "Yamada Taro",
      organizationalUnits: ["Warifu", "営業部"],
      organization: "Example",
      country: "JP",
    });
    expect(subjectText(name)).toBe("E=t@e.jp, CN=Yamada Taro, OU=Warifu, OU=営業部, O=Example, C=JP");
  });

  it.each([
    ["a comma", "a,b", "CN=a\\,b"],
    ["a plus", "a+b", "CN=a\\+b"],
    ["a quote", 'a"b', 'CN=a\\"b'],
    ["a backslash", "a\\b", "CN=a\\\\b"],
    ["a leading number sign", "#0500", "CN=\\#0500"],
    ["blanks at the ends", " a ", "CN=\\ a\\ "],
    ["one blank", " ", "CN=\\ "],
    ["a backslash before the last blank", "a\\ ", "CN=a\\\\\\ "],
    ["a right-to-left override", "a\u{202e}b", "CN=a\\e2\\80\\aeb"],
    ["a NUL", "a\0b", "CN=a\\00b"],
  ])("escapes %s", (_, value, text) => {
    expect(commonName(utf8String(value))).toBe(text);
  });

  it("joins the attributes of one RDN with a plus, and names unknown types by number", () => {
    const name = sequence(setOf(attribute("2.5.4.3", utf8String("a")), attribute("2.5.4.5", ia5String("b"))));
    expect(subjectText(name)).toBe("CN=a+2.5.4.5=b");
  });

  it("gives in hex what is no text", () => {
    expect(commonName(bitString(Uint8Array.of(1)))).toBe("CN=#03020001");
    expect(commonName(tlv(tag.utf8String, Uint8Array.of(0xff)))).toBe("CN=#0c01ff");
  });

  it("refuses an attribute of two values", () => {
    const two = sequence(objectIdentifier("2.5.4.3"), utf8String("a"), utf8String("b"));
    expect(() => subjectText(sequence(setOf(two)))).toThrow(DerError);
  });

  it("can be taken apart into exactly the values that went in", () => {
    const value = fc
      .oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 64 }), fc.stringMatching(/^[ #,+"\\<>;=a]{1,12}$/))
      .filter((text) => textFault(text, 64) === undefined);
    fc.assert(
      fc.property(value, fc.array(value, { maxLength: 3 }), value, (cn, organizationalUnits, o) => {
        const name = nameDer({ commonName: cn, organizationalUnits, organization: o, country: "JP" });
        expect(takenApart(subjectText(name))).toEqual([
          ["CN", cn],
          ...organizationalUnits.map((unit) => ["OU", unit]),
          ["O", o],
          ["C", "JP"],
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});
