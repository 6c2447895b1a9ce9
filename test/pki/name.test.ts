import { fromBER } from "asn1js";
import * as fc from "fast-check";
import { RelativeDistinguishedNames } from "pkijs";
import { describe, expect, it } from "vitest";
import { nameDer, type SubjectParts } from "../../lambdas/pki/name.ts";
import { ProfileError } from "../../lambdas/pki/profile-error.ts";

const parts = (change: Partial<SubjectParts> = {}): SubjectParts => ({
  email: "taro@example.jp",
  commonName: "Yamada Taro",
  organizationalUnits: ["Warifu", "営業部"],
  organization: "Example",
  country: "JP",
  ...change,
});

/** Read by another library: object identifier, class of the string type, text. */
function readBack(der: Uint8Array): { readonly type: string; readonly kind: string; readonly text: string }[] {
  const name = new RelativeDistinguishedNames({ schema: fromBER(Uint8Array.from(der).buffer).result });
  return name.typesAndValues.map(({ type, value }) => ({
    type,
    kind: value.constructor.name,
    text: value.valueBlock.value,
  }));
}

const ruleOf = (change: Partial<SubjectParts>): string | undefined => {
  try {
    nameDer(parts(change));
    return undefined;
  } catch (error) {
    if (error instanceof ProfileError) return error.rule;
    throw error;
  }
};

describe("nameDer", () => {
  it("writes E, CN, OU, O, C in this order with the string types of the profile", () => {
    expect(readBack(nameDer(parts()))).toEqual([
      { type: "1.2.840.113549.1.9.1", kind: "IA5String", text: "taro@example.jp" },
      { type: "2.5.4.3", kind: "Utf8String", text: "Yamada Taro" },
      { type: "2.5.4.11", kind: "Utf8String", text: "Warifu" },
      { type: "2.5.4.11", kind: "Utf8String", text: "営業部" },
      { type: "2.5.4.10", kind: "Utf8String", text: "Example" },
      { type: "2.5.4.6", kind: "PrintableString", text: "JP" },
    ]);
  });

  it("counts characters, not UTF-16 units", () => {
    expect(ruleOf({ commonName: "𠮷".repeat(64) })).toBeUndefined();
    expect(ruleOf({ commonName: "𠮷".repeat(65) })).toBe("length");
  });

  it.each([
    ["an empty common name", { commonName: "" }, "empty"],
    ["an organization of blanks", { organization: " \u3000" }, "empty"],
    ["an empty unit", { organizationalUnits: [""] }, "empty"],
    ["65 characters", { organization: "a".repeat(65) }, "length"],
    ["a mail address of 256 characters", { email: `a@${"b".repeat(254)}` }, "length"],
    ["a NUL", { commonName: "Taro\0" }, "hidden-character"],
    ["a line end", { commonName: "Taro\nO=Other" }, "hidden-character"],
    ["a right-to-left override", { commonName: "Taro\u{202e}" }, "hidden-character"],
    ["a zero-width space", { organization: "Exam\u{200b}ple" }, "hidden-character"],
    ["a lone surrogate", { organization: "Exam\u{d842}ple" }, "hidden-character"],
    ["a Japanese mail address", { email: "太郎@example.jp" }, "email"],
    ["a mail address with a blank", { email: "taro yamada@example.jp" }, "email"],
    ["a mail address with two @", { email: "taro@yamada@example.jp" }, "email"],
    ["a mail address without domain", { email: "taro@" }, "email"],
    ["a country of three letters", { country: "JPN" }, "country"],
  ])("refuses %s", (_, change, rule) => {
    expect(ruleOf(change)).toBe(rule);
  });

  it("never changes the meaning of a hostile string: what is written is read back unchanged, or refused", () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary", maxLength: 70 }),
      fc.string({ unit: "grapheme", maxLength: 70 }),
      fc.constantFrom(
        "#0500",
        "\\,O=Other",
        '"',
        "a+CN=b",
        "CN=x, O=y",
        " a ",
        "a\\",
        "=cmd()",
        "<>;",
        "ＣＮ＝x",
        "é",
        "e\u0301",
      ),
    );
    fc.assert(
      fc.property(
        hostile,
        hostile,
        fc.array(hostile, { maxLength: 4 }),
        (commonName, organization, organizationalUnits) => {
          let der: Uint8Array;
          try {
            der = nameDer(parts({ commonName, organization, organizationalUnits }));
          } catch (error) {
            expect(error).toBeInstanceOf(ProfileError);
            return;
          }
          expect(readBack(der).map(({ text }) => text)).toEqual([
            "taro@example.jp",
            commonName,
            ...organizationalUnits,
            organization,
            "JP",
          ]);
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("refuses every invisible character wherever it stands", () => {
    const invisible = fc.constantFrom(...invisibleCharacters());
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), invisible, fc.string({ maxLength: 20 }), (before, character, after) => {
        expect(ruleOf({ commonName: `${before}${character}${after}` })).toBe("hidden-character");
      }),
      { numRuns: 1000 },
    );
  });
});

/** Controls, bidirectional marks, embeddings and isolates (Unicode Bidi_Control), separators, zero-width characters. */
function invisibleCharacters(): string[] {
  const ranges = [
    [0, 0x1f],
    [0x7f, 0x9f],
    [0x61c, 0x61c],
    [0x200b, 0x200f],
    [0x2028, 0x202e],
    [0x2066, 0x2069],
    [0xfeff, 0xfeff],
  ] as const;
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
  );
}
