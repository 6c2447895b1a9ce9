import { describe, expect, it } from "vitest";
import type { ZodMiniType } from "zod/mini";
import { day, englishName, kana, mail, moment, personName } from "../../lambdas/contract/fields.ts";
import type { Language } from "../../lambdas/contract/language.ts";
import { messageText } from "../../lambdas/contract/messages.ts";
import { registration } from "../../lambdas/contract/shapes.ts";
import { faultOf } from "../../lambdas/contract/text.ts";
import { yamadaTaro } from "../person.ts";

const faultIn = (shape: ZodMiniType, value: string) => {
  const issue = shape.safeParse(value).error?.issues[0];
  return issue && faultOf(issue);
};
const code = (shape: ZodMiniType, value: string) => faultIn(shape, value)?.code;
/** What people read of a refused value. */
const told = (shape: ZodMiniType, value: string, language: Language = "ja") => {
  const fault = faultIn(shape, value);
  return fault && messageText(fault.code, language, fault.facts);
};

describe("a value that is rewritten before its rules are asked", () => {
  // Two characters become one by composition, so the count says whether it was composed first: normalization takes
  // quadratic time over combining marks.
  it.each(Object.entries({ mail, personName, kana, englishName, moment, day }))(
    "%s: is refused by its raw length",
    (_, shape) => {
      expect(faultIn(shape, "e\u0301".repeat(2_000))).toMatchObject({ code: "tooLong", facts: { count: 4_000 } });
    },
  );

  it("may be longer before it is composed", () => {
    const voiced = "か\u3099".repeat(64);
    expect(personName.parse(voiced)).toBe("が".repeat(64));
  });
});

describe("mail", () => {
  it.each(["Yamada-Taro@mytest.jp", "nra012@softbank.ne.jp", "a_b.c@x-y.co.jp", " taro@mytest.jp "])(
    "takes %s",
    (value) => {
      expect(mail.parse(value)).toBe(value.trim());
    },
  );
  it.each([
    "taro",
    "taro@",
    "@mytest.jp",
    "taro@mytest",
    "taro@@mytest.jp",
    "taro.@mytest.jp",
    ".taro@mytest.jp",
    "ta..ro@mytest.jp",
    "taro@-mytest.jp",
  ])("refuses %j", (value) => {
    expect(code(mail, value)).toBe("mail");
  });
  it.each(["a..b@docomo.ne.jp", "a.@docomo.ne.jp", ".a@docomo.ne.jp", "a@docomo.ne.jp."])(
    "refuses %j and says where a dot cannot stand",
    (value) => {
      expect(told(mail, value)).toContain("「.」を先頭や末尾、「@」の直前に置くことや、続けて並べることはできません。");
      expect(told(mail, value, "en")).toContain(
        "A dot cannot stand first, last, right before the “@” or next to another",
      );
    },
  );
  it("asks for what is missing", () => {
    expect(code(mail, "  ")).toBe("required");
    expect(code(mail, "\u200b\u3000")).toBe("required");
  });
  it.each([
    ["ta+ro@mytest.jp", { character: "+", place: 3 }],
    ["ta ro@mytest.jp", { character: "U+0020", place: 3 }],
    ["ｔａｒｏ@mytest.jp", { character: "ｔ", place: 1 }],
    ["太郎@mytest.jp", { character: "太", place: 1 }],
    ["ta\u200bro@mytest.jp", { character: "U+200B", place: 3 }],
    ["taro@mytest.jp\nBcc: x@y.jp", { character: "U+000A", place: 15 }],
  ])("names the character of %j that cannot be used, and its place", (value, facts) => {
    expect(faultIn(mail, value)).toEqual({ code: "mailCharacter", facts });
  });
  it("drops what cannot be seen at the ends", () => {
    expect(mail.parse("\u2068yamada@example.jp\u200b \u2069")).toBe("yamada@example.jp");
  });
  it("takes the longest parts that a server may have, and not one character more", () => {
    const domain = `${"d".repeat(63)}.${"e".repeat(63)}.jp`;
    expect(code(mail, `${"a".repeat(64)}@${domain}`)).toBeUndefined();
    expect(told(mail, `${"a".repeat(65)}@mytest.jp`)).toBe(
      "「@」より前が長すぎます（65文字）。64文字以内のメールアドレスを入力してください。",
    );
    expect(faultIn(mail, `yamada@${"d".repeat(64)}.jp`)).toEqual({ code: "mailLabelTooLong", facts: { count: 64 } });
    expect(faultIn(mail, `${"a".repeat(64)}@${"d".repeat(63)}.${domain}`)).toEqual({
      code: "tooLong",
      facts: { count: 259, longest: 254 },
    });
  });
  it.each(["yamada@192.168.0.1", "yamada@example.1"])("refuses %s: no domain ends in digits", (value) => {
    expect(code(mail, value)).toBe("mailDomainNumeric");
    expect(code(mail, value.replace(/\d$/, "1x"))).toBeUndefined();
  });
});

describe("personName", () => {
  it.each(["山田", "佐々木", "𠮷田", "マリア・ルイーザ", "ド ラ", "O_Neil-1.", "Jürgen", "nguyễn"])(
    "takes %s",
    (value) => {
      expect(personName.parse(value)).toBe(value.normalize("NFC"));
    },
  );
  it.each(["山田@", "山田'", "<b>", "a/b", "山\u202e田", "山\u0000田", "山田!", "山,田"])("refuses %j", (value) => {
    expect(code(personName, value)).toBe("name");
  });
  it.each([
    ["山田\u200b太", "3文字目のU+200Bは使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["𠮷田！", "3文字目の「！」は使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["山\uf040", "2文字目のU+F040は使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["山\u3164田", "2文字目のU+3164は使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["太郎😀", "3文字目の「😀」は使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["ド\u00a0ラ", "2文字目の空白（U+00A0）は使用できません。使用できる半角記号は「.」「_」「-」のみです。"],
    ["ド  ラ", "3文字目で空白が続いています。空白は1つにしてください。"],
  ])("of %j names what cannot be used", (value, sentence) => {
    expect(told(personName, value)).toBe(sentence);
  });
  it("names it in English too", () => {
    expect(told(personName, "a!", "en")).toMatch(/^Character 2, “!”, cannot be used\./);
    expect(told(personName, "a\u00a0b", "en")).toMatch(/^Character 2, a blank \(U\+00A0\), cannot be used\./);
  });
  it("keeps the variant that a selector chooses, and drops what is invisible at the ends", () => {
    expect(personName.parse("\ufeff葛\u{e0100}\u200b")).toBe("葛\u{e0100}");
  });
  it("counts characters, not their halves", () => {
    expect(code(personName, "𠮷".repeat(64))).toBeUndefined();
    expect(told(personName, "𠮷".repeat(65))).toBe("文字数が多すぎます（65文字）。64文字以内で入力してください。");
  });
});

describe("kana", () => {
  it("converts half-width kana", () => {
    expect(kana.parse("ﾔﾏﾀﾞ")).toBe("ヤマダ");
  });
  it("converts hiragana", () => {
    expect(kana.parse("やまだ")).toBe("ヤマダ");
    expect(kana.parse("さゝきゔゖーあ・い う")).toBe("サヽキヴヶーア・イ ウ");
  });
  it.each(["ヴェロニカ", "ジョー", "ア・ラ モード", "サヽキ"])("takes %s", (value) => {
    expect(kana.parse(value)).toBe(value);
  });
  it.each([
    ["山田", "1文字目の「山」は使用できません。カタカナで入力してください。"],
    ["Yamada", "1文字目の「Y」は使用できません。カタカナで入力してください。"],
    ["ヤマダ1", "4文字目の「1」は使用できません。カタカナで入力してください。"],
    ["ー", "「ー」で始めることはできません。カタカナで始めてください。"],
  ])("refuses %s", (value, sentence) => {
    expect(told(kana, value)).toBe(sentence);
  });
});

describe("englishName", () => {
  it.each(["Yamada", "van der Berg", "O.Neil-2_"])("takes %s", (value) => {
    expect(englishName.parse(value)).toBe(value);
  });
  it("converts full-width letters, digits, symbols and blanks, and nothing else", () => {
    expect(englishName.parse("Ｙａｍａｄａ－２　Ｔ")).toBe("Yamada-2 T");
    expect(faultIn(englishName, "Ⅱ")).toEqual({ code: "english", facts: { character: "Ⅱ", place: 1 } });
  });
  it.each([
    ["O'Neil", { character: "'", place: 2 }],
    ["山田", { character: "山", place: 1 }],
    ["a\tb", { character: "U+0009", place: 2 }],
    ["Da\u00a0Silva", { character: "U+00A0", place: 3 }],
  ])("names what cannot be used in %j", (value, facts) => {
    expect(faultIn(englishName, value)).toEqual({ code: "english", facts });
    expect(told(englishName, value)).toContain("O'Brien は OBrien");
  });
  it("tells two blanks as two blanks", () => {
    expect(faultIn(englishName, "Da  Silva")).toEqual({ code: "blanksTwice", facts: { place: 4 } });
  });
});

describe("registration", () => {
  const given = {
    ...yamadaTaro,
    primaryEmail: "taro@mytest.jp",
    devices: [{ device: "01" }],
  };
  const refusals = (changes: object) =>
    registration
      .safeParse({ ...given, ...changes })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);

  it("takes the manual's example", () => {
    expect(registration.parse(given)).toEqual(given);
  });
  it("asks for a device, and for each only once", () => {
    expect(refusals({ devices: [] })).toEqual([["devices", "devices"]]);
    expect(refusals({ devices: [{ device: "01" }, { device: "01" }] })).toEqual([["devices", "deviceTwice"]]);
    expect(refusals({ devices: [{ device: "07" }] })).toEqual([["devices.0.device", "device"]]);
  });
  it("takes an empty beginning or end of validity as none", () => {
    const devices = [{ device: "01", from: " ", to: "" }];
    expect(registration.parse({ ...given, devices }).devices).toEqual([{ device: "01" }]);
    expect(refusals({ devices: [{ device: "01", from: "1".repeat(65), to: 1 }] })).toEqual([
      ["devices.0.from", "tooLong"],
      ["devices.0.to", "invalid"],
    ]);
  });
  it("tells one rule of a field that is empty", () => {
    expect(refusals({ primaryEmail: " ", familyName: "" })).toEqual([
      ["familyName", "required"],
      ["primaryEmail", "required"],
    ]);
  });
  it("keeps the common name within its 64 characters", () => {
    expect(refusals({ familyNameEnglish: "A".repeat(60), givenNameEnglish: "B".repeat(3) })).toBeUndefined();
    expect(refusals({ familyNameEnglish: "A".repeat(60), givenNameEnglish: "B".repeat(4) })).toEqual([
      ["givenNameEnglish", "commonName"],
    ]);
  });
});
