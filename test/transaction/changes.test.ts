import { describe, expect, it } from "vitest";
import { changesBetween } from "../../lambdas/transaction/changes.ts";

describe("changesBetween", () => {
  const before = { name: "S", licences: 10, mailDomains: ["a.jp"], key: "auto" };

  it("names the fields that differ with what they were and what they are", () => {
    expect(changesBetween(before, { ...before, licences: 60, mailDomains: [] })).toEqual({
      licences: { from: 10, to: 60 },
      mailDomains: { from: ["a.jp"], to: [] },
    });
    expect(changesBetween(before, { ...before, mailDomains: ["a.jp"] })).toEqual({});
  });

  it("gives one side of a field that came or went, and every field of a new item", () => {
    expect(changesBetween<{ a?: number; b?: string }>({ a: 1 }, { b: "" })).toEqual({ a: { from: 1 }, b: { to: "" } });
    expect(changesBetween(undefined, { a: 1, b: undefined, c: false })).toEqual({ a: { to: 1 }, c: { to: false } });
  });
});
