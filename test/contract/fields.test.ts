import { describe, expect, it } from "vitest";
import type { ZodMiniType } from "zod/mini";
import { englishName, kana, mail, personName } from "../../lambdas/contract/fields.ts";
import { ruleText } from "../../lambdas/contract/rules.ts";
import { registration } from "../../lambdas/contract/shapes.ts";
import { yamadaTaro } from "../person.ts";

const code = (shape: ZodMiniType, value: string) => shape.safeParse(value).error?.issues[0]?.message;

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
    "ta+ro@mytest.jp",
    "ta ro@mytest.jp",
    "ｔａｒｏ@mytest.jp",
    "太郎@mytest.jp",
    "taro@@mytest.jp",
    "taro.@mytest.jp",
    ".taro@mytest.jp",
    "ta..ro@mytest.jp",
    "taro@-mytest.jp",
    "taro@mytest.jp\nBcc: x@y.jp",
    `${"a".repeat(65)}@mytest.jp`,
  ])("refuses %j", (value) => {
    expect(code(mail, value)).toBe("mail");
  });
  it.each(["a..b@docomo.ne.jp", "a.@docomo.ne.jp", ".a@docomo.ne.jp", "a@docomo.ne.jp."])(
    "refuses %j and says where a dot cannot stand",
    (value) => {
      const rule = code(mail, value) ?? "";
      expect(ruleText(rule, "ja")).toContain(
        "「.」を先頭や末尾、「@」の直前に置くことや、続けて並べることはできません。",
      );
      expect(ruleText(rule, "en")).toContain("A dot cannot stand first, last, right before the “@” or next to another");
    },
  );
  it("asks for what is missing", () => {
    expect(code(mail, "  ")).toBe("required");
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
});

describe("kana", () => {
  it("converts half-width kana", () => {
    expect(kana.parse("ﾔﾏﾀﾞ")).toBe("ヤマダ");
  });
  it.each(["ヴェロニカ", "ジョー", "ア・ラ モード", "サヽキ"])("takes %s", (value) => {
    expect(kana.parse(value)).toBe(value);
  });
  it.each(["やまだ", "ー", "山田", "Yamada", "ヤマダ1"])("refuses %s", (value) => {
    expect(code(kana, value)).toBe("kana");
  });
});

describe("englishName", () => {
  it.each(["Yamada", "van der Berg", "O.Neil-2_"])("takes %s", (value) => {
    expect(englishName.parse(value)).toBe(value);
  });
  it.each(["Ｙamada", "O'Neil", "Yamada  Taro", "山田", "a\tb"])("refuses %j", (value) => {
    expect(code(englishName, value)).toBe("english");
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
