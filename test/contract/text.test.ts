import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ZodMiniType } from "zod/mini";
import { certificateFields } from "../../lambdas/contract/certificate-fields.ts";
import { englishName, personName } from "../../lambdas/contract/fields.ts";
import { fileName } from "../../lambdas/contract/imports.ts";
import { messageText } from "../../lambdas/contract/messages.ts";
import { registration } from "../../lambdas/contract/shapes.ts";
import { faultOf, title } from "../../lambdas/contract/text.ts";
import { readCommand } from "../../lambdas/operator/read-command.ts";
import { check, emptyDraft, errorText } from "../../web/admin/registration/draft.ts";
import { errorsOf, messageOf, registering, line, now } from "../imports/files/customer.ts";
import { yamadaTaro } from "../person.ts";

const names: Readonly<Record<string, ZodMiniType>> = {
  personName,
  title: title(64),
  fileName,
  organization: certificateFields.organization,
};
const faultIn = (shape: ZodMiniType, value: string) => {
  const issue = shape.safeParse(value).error?.issues[0];
  return issue && faultOf(issue);
};
const codePoint = (character: string) =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;

/** By their ranges, not by the properties that the rule asks. */
const invisible = [
  ...Array.from(
    "\u0000\t\n\u007f\u0085\u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200d\u200e\u2028\u2029",
  ),
  ...Array.from(
    "\u202a\u202e\u2060\u2066\u2069\u3164\ufe0f\ufeff\uffa0\ufff9\u{1d173}\u{e0001}\u{e0041}\u{e0100}\u{e01ef}",
  ),
  ...Array.from("\ue000\uf8ff\u{f0000}\u{10fffd}\ufdd0\uffff\u0378\u{3fffd}\u{50000}"),
  "\ud800",
  "\udfff",
];

const selectors = Array.from("\ufe00\ufe0f\u{e0100}\u{e01ef}");
const ideographs = Array.from("邉葛祇辻﨑髙𠮷㐀");
const letters = [...ideographs, ...Array.from("ァヶーﾔ々あaÉж한1")];
/** They compose with none of these letters. */
const marks = Array.from("\u0323\u0331\u0e31\u0941\u20d0");
const letter = fc.constantFrom(...letters);
const unit = fc.oneof(
  letter,
  fc.tuple(fc.constantFrom(...ideographs), fc.constantFrom(...selectors)),
  fc.tuple(letter, fc.constantFrom(...marks)),
  fc.tuple(letter, fc.constantFrom(...marks), fc.constantFrom(...marks)),
);
const readable = fc.array(unit, { minLength: 1, maxLength: 15 }).map((units) => units.flat().join("").normalize("NFC"));

describe.each(Object.entries(names))("%s", (name, shape) => {
  it("takes letters, each with a variation selector or two marks", () => {
    fc.assert(fc.property(readable, (text) => shape.parse(text) === text));
  });

  it("refuses what is invisible, reorders, is private or has no meaning, and names it and its place", () => {
    fc.assert(
      fc.property(fc.option(readable, { nil: "" }), fc.constantFrom(...invisible), letter, (before, bad, after) => {
        // A letter before it, because a selector may stand after an ideograph.
        const text = `${before}a${bad}${after}`;
        expect(faultIn(shape, text)).toEqual({
          code: name === "personName" ? "name" : "printable",
          facts: { character: codePoint(bad), place: Array.from(`${before}a`).length + 1 },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("takes no character of the whole of Unicode that is not seen, but a selector after an ideograph", () => {
    const taken: string[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point);
      if (!/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u.test(character)) continue;
      if (/\p{Cn}|\p{Co}/u.test(character) && point % 97 !== 0) continue;
      if (shape.safeParse(`山${character}田`).success) taken.push(codePoint(character));
    }
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, at) => codePoint(String.fromCodePoint(from + at)));
    expect(taken).toEqual([...range(0xfe00, 0xfe0f), ...range(0xe0100, 0xe01ef)]);
  });

  it("takes two marks on a letter, and none without a letter", () => {
    fc.assert(
      fc.property(readable, fc.array(fc.constantFrom(...marks), { minLength: 3, maxLength: 20 }), (before, stack) => {
        const place = Array.from(before).length + 4;
        expect(faultIn(shape, `${before}山${stack.join("")}`)).toMatchObject({ code: "marksMany", facts: { place } });
        expect(faultIn(shape, `${stack.join("")}${before}`)).toMatchObject({ code: "markAlone", facts: { place: 1 } });
        expect(faultIn(shape, `${before} ${stack.join("")}`)).toMatchObject({ code: "markAlone" });
      }),
    );
  });

  it.each([
    ["渡邉󠄀", "邉 with a variation selector"],
    ["渡邉󠄄", "another form of it"],
    ["葛\u{e0100}城", "inside of a name"],
    ["祇\ufe00園", "a standardized variation"],
    ["𠮷田", "outside of the basic plane"],
    ["𠮷\u{e0101}", "both"],
    ["髙橋", "髙"],
    ["山﨑", "a unified ideograph among the compatibility ones"],
    ["㐂", "extension A"],
    ["佐々木", "an iteration mark"],
    ["〆木", "a closing mark"],
    ["ﾔﾏﾀﾞ", "half-width kana"],
    ["か゚", "a kana with a combining mark that has no composed form"],
    ["Nguyễn", "two marks, composed"],
    ["สมชายที่", "two Thai marks"],
    ["한국", "Hangul"],
  ])("takes %s: %s", (text) => {
    expect(shape.parse(text)).toBe(text);
  });
});

describe("a link in a name", () => {
  it.each(["J. Smith", "St. John", "T.Yamada", "J.R.Tolkien", "Smith Jr.", "山田.太郎", "a.b", "No.1", "O.Neil-2"])(
    "takes %s",
    (text) => {
      expect(personName.parse(text)).toBe(text);
    },
  );
  it.each([
    ["evil.example.com", "evil.example.com", 1],
    ["山田 evil.jp", "evil.jp", 4],
    ["evil.jp 山田", "evil.jp", 1],
    ["𠮷田 evil.jp.", "evil.jp.", 4],
    ["日本.jp", "日本.jp", 1],
    ["x-y.Co", "x-y.Co", 1],
  ])("refuses %s", (text, link, place) => {
    expect(faultIn(personName, text)).toEqual({ code: "linkInName", facts: { link, place } });
    if (/^[ -~]*$/.test(text)) expect(faultIn(englishName, text)?.code).toBe("linkInName");
  });
  it("may be the name of a company, a unit or a file", () => {
    for (const shape of [title(64), fileName, certificateFields.unit1])
      expect(shape.parse("example.com")).toBe("example.com");
  });
});

describe("one rule on every road", () => {
  const refused = "山\u3164田";
  const sentence = {
    ja: "2文字目のU+3164は使用できません。使用できる半角記号は「.」「_」「-」のみです。",
    en: "Character 2, U+3164, cannot be used.",
  };

  it("the page", () => {
    const draft = { ...emptyDraft, ...yamadaTaro, familyName: refused };
    const { familyName } = check(draft, [], now).errors;
    expect(familyName && errorText(familyName, "ja")).toBe(sentence.ja);
  });
  it("a request", () => {
    const issue = registration
      .safeParse({ ...yamadaTaro, familyName: refused, primaryEmail: "taro@example.jp", devices: [{ device: "01" }] })
      .error?.issues.at(0);
    const { code, facts } = issue ? faultOf(issue) : {};
    expect(code && messageText(code, "ja", facts)).toBe(sentence.ja);
  });
  it("a file", () => {
    const [error] = errorsOf(registering(line({ familyName: refused })));
    expect(error && messageOf(error, "ja")).toContain(sentence.ja);
  });
  it("the operator", () => {
    const named = { tenant: "t0000000000", "english-name": "Reiwa", email: "a@b.jp" };
    expect(readCommand({ command: ["administrator", "create"], options: { ...named, name: refused } })).toEqual({
      message: expect.stringContaining(sentence.en) as string,
    });
    const also = (name: string) => ({ name, "english-name": "Reiwa" });
    for (const name of [refused, "山\u0323\u0331\u0323", "\ufffd", "a\ud800"])
      expect(readCommand({ command: ["tenant", "create"], options: also(name) })).toEqual({
        message: expect.stringMatching(/^--name: Character \d+, (?:U\+[0-9A-F]{4}|“\ufffd”), cannot be used/) as string,
      });
    expect(readCommand({ command: ["tenant", "create"], options: also(" \u3164 ") })).toEqual({
      message: "--name: Please fill this in.",
    });
  });
});
