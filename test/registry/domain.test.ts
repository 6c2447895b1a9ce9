import { describe, expect, it } from "vitest";
import { normalDomain } from "../../lambdas/registry/domain.ts";

describe("normalDomain", () => {
  it.each([
    ["Example.JP", "example.jp"],
    [" example.jp. ", "example.jp"],
    ["ｅｘａｍｐｌｅ．ｊｐ", "example.jp"],
    ["日本語.jp", "xn--wgv71a119e.jp"],
    ["XN--WGV71A119E.jp", "xn--wgv71a119e.jp"],
    ["ad_1.reiwa.local", "ad_1.reiwa.local"],
  ])("takes %j for %j", (typed, normal) => {
    expect(normalDomain(typed)).toBe(normal);
  });

  it.each([
    "",
    ".",
    "jp",
    "a..jp",
    "a b.jp",
    "taro@a.jp",
    "a.jp/b",
    "a.jp:80",
    "a%2ejp.jp",
    "127.0.0.1",
    "127.1",
    "-a.jp",
  ])("takes %j for none", (typed) => {
    expect(normalDomain(typed)).toBeUndefined();
  });
});
