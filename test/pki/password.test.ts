import { describe, expect, it } from "vitest";
import { newPassword } from "../../lambdas/pki/password.ts";

const many = Array.from({ length: 20_000 }, newPassword);

describe("newPassword", () => {
  it("has at least 80 random bits", () => {
    const first = new Set(many.map((password) => password[0])).size;
    const others = new Set(many.flatMap((password) => Array.from(password.slice(1)))).size;
    const bits = Math.min(...many.map((password) => Math.log2(first) + (password.length - 1) * Math.log2(others)));
    expect(bits).toBeGreaterThanOrEqual(80);
  });

  it("has no look-alikes and only one case", () => {
    for (const password of many) expect(password).toMatch(/^[a-hjkmnp-z2-9]+$/);
  });

  it("begins with a letter, so that a spreadsheet reads neither formula nor number", () => {
    for (const password of many) expect(password).toMatch(/^[a-z]/);
  });

  it("draws every character equally often", () => {
    const counts = new Map<string, number>();
    for (const character of many.flatMap((password) => Array.from(password.slice(1))))
      counts.set(character, (counts.get(character) ?? 0) + 1);
    const expected = (many.length * 16) / 31;
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 30 degrees of freedom: above 80 once in a million runs; a modulo bias of 256 over 31 would give thousands
    expect(counts.size).toBe(31);
    expect(chiSquare).toBeLessThan(80);
  });

  it("never gives the same twice", () => {
    expect(new Set(many).size).toBe(many.length);
  });
});
