import { describe, expect, it } from "vitest";
import { isSerial, newSerial, serialInteger, serialValue } from "../../lambdas/pki/serial.ts";

describe("newSerial", () => {
  it("gives a million different numbers, each positive and of 16 octets", () => {
    const seen = new Set<string>();
    for (let index = 0; index < 1_000_000; index += 1) seen.add(newSerial());
    expect(seen.size).toBe(1_000_000);
    for (const serial of seen) if (!isSerial(serial)) throw new Error(`not a serial number: ${serial}`);
  }, 120_000);
});

describe("isSerial", () => {
  it.each([
    ["15 octets", "11".repeat(15)],
    ["17 octets", "11".repeat(17)],
    ["the high bit", `80${"00".repeat(15)}`],
    ["a leading zero octet", `00${"11".repeat(15)}`],
    ["capitals", `1A${"11".repeat(15)}`],
    ["a line end", `${"11".repeat(16)}\n`],
  ])("refuses %s", (_, text) => {
    expect(isSerial(text)).toBe(false);
  });
});

describe("serialInteger", () => {
  it("writes the octets as a positive INTEGER", () => {
    expect(Buffer.from(serialInteger(`7f${"00".repeat(15)}`)).toString("hex")).toBe(`02107f${"00".repeat(15)}`);
    expect(Buffer.from(serialInteger("ff")).toString("hex")).toBe("020200ff");
  });

  it.each(["", "1", "FF", "zz", "11".repeat(21)])("refuses %j", (text) => {
    expect(() => serialInteger(text)).toThrow(RangeError);
  });
});

describe("serialValue", () => {
  it("is the number that other programs print", () => {
    expect(serialValue("0100")).toBe(256n);
  });
});
