import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { organizationKey } from "../../lambdas/registry/organization-key.ts";

describe("organizationKey", () => {
  it.each([
    ["Reiwa K.K.", "ＲＥＩＷＡ　ＫＫ"],
    ["Reiwa-Trust", "reiwa trust"],
    ["ﾚｲﾜ", "レイワ"],
    ["レイ・ワ", "レイワ"],
    ["Straße", "STRASSE"],
    ["ΑΣ Β", "ΑΣΒ"],
    ["Rei\u200Bwa", "Reiwa"],
  ])("is the same for %s and %s", (one, other) => {
    expect(organizationKey(one)).toBe(organizationKey(other));
  });

  it.each([
    ["Reiwa Trust", "Reiwa Trust 2"],
    ["令和", "平成"],
    ["れいわ", "レイワ"],
  ])("tells %s from %s", (one, other) => {
    expect(organizationKey(one)).not.toBe(organizationKey(other));
  });

  it.each(["", " ", "---", "…・", "\u0301", "\uFDFA".repeat(64)])("is none for %j", (name) => {
    expect(organizationKey(name)).toBeUndefined();
  });

  it("does not change with what stands between letters, with case or with width, and is its own key", () => {
    const name = fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }), { maxLength: 8 });
    const between = fc.constantFrom(" ", "-", ".", "　", "\u200B", "・", "&");
    fc.assert(
      fc.property(name, between, (parts, mark) => {
        const key = organizationKey(parts.join(" "));
        expect(organizationKey(parts.join(mark))).toBe(key);
        expect(organizationKey(parts.join(" ").toUpperCase())).toBe(key);
        if (key !== undefined) expect(organizationKey(key)).toBe(key);
      }),
    );
    const ascii = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
    fc.assert(
      fc.property(ascii, (text) => {
        const wide = text.replaceAll(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));
        expect(organizationKey(wide)).toBe(organizationKey(text));
      }),
    );
  });
});
