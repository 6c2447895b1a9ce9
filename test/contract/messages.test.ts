import { describe, expect, it } from "vitest";
import { failures } from "../../lambdas/contract/failures.ts";
import { fileFaults } from "../../lambdas/contract/file-faults.ts";
import { type MessageCode, messages, messageText } from "../../lambdas/contract/messages.ts";
import { refusals } from "../../lambdas/contract/refusals.ts";
import { rowFaults } from "../../lambdas/contract/row-faults.ts";
import { fieldRules } from "../../lambdas/contract/rules.ts";

const all = Object.entries(messages) as [MessageCode, (typeof messages)[MessageCode]][];
const namesIn = (text: string) => [...text.matchAll(/\{[^}]*\}/g)].map(([name]) => name).toSorted();

describe("messages", () => {
  it("have one sentence for each code: no table takes another's", () => {
    const codes = [refusals, fieldRules, failures, fileFaults, rowFaults].flatMap((table) => Object.keys(table));
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  it.each(all)("word %s in Japanese and in English, from the same facts", (code, { ja, en }) => {
    if (code !== "usage") expect(ja).toMatch(/[ぁ-ん].*。/s);
    expect(en).not.toMatch(/[ぁ-ん]/);
    if (code !== "usage") expect([...new Set(namesIn(ja))]).toEqual([...new Set(namesIn(en))]);
  });

  it.each(all)("send nobody to a reissue, which subscribers cannot have: %s", (_, { ja, en }) => {
    expect(ja).not.toContain("再発行");
    expect(en).not.toMatch(/reissue/i);
  });
});

describe("messageText", () => {
  it("names a device and a character as people call them", () => {
    const facts = { email: "taro@mytest.jp", device: "01" };
    expect(messageText("slotTaken", "ja", facts)).toContain("taro@mytest.jp の利用デバイス WindowsPC");
    expect(messageText("name", "ja", { place: 2, character: "U+00A0" })).toContain("2文字目の空白（U+00A0）");
  });

  it("words the reason of a failed issuance in the reader's language", () => {
    const facts = { reason: "lintRefused" };
    expect(messageText("issuanceFailed", "ja", facts)).toContain(messages.lintRefused.ja);
    expect(messageText("issuanceFailed", "en", facts)).toContain(messages.lintRefused.en);
  });

  it("gives a range its sign, and one number where both ends are equal", () => {
    const facts = { given: 2, least: 9, most: 13 };
    expect(messageText("columnsMissing", "ja", facts)).toContain("必要な項目数は9～13です");
    expect(messageText("columnsMissing", "en", facts)).toContain("9 to 13 are needed");
    expect(messageText("columnsMissing", "ja", { ...facts, least: 3, most: 3 })).toContain("必要な項目数は3です");
  });

  it("takes facts as text, whatever they hold, and leaves out what is missing", () => {
    const text = messageText("subscriberDiffers", "ja", { stored: "{given} $& $1" });
    expect(text).toContain("（登録済み：{given} $& $1　入力：）");
  });
});
