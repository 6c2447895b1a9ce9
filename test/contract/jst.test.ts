import { describe, expect, it } from "vitest";
import { addJstMonths, endOfJstDay, jstMoment, startOfJstDay } from "../../lambdas/contract/jst.ts";

describe("jstMoment", () => {
  it.each([
    ["2026/11/22", "2026-11-21T15:00:00.000Z", true],
    ["2026/1/5 9:00", "2026-01-05T00:00:00.000Z", false],
    ["2028/02/29", "2028-02-28T15:00:00.000Z", true],
    ["2049/12/31 23:59", "2049-12-31T14:59:00.000Z", false],
  ])("reads %s as Japan's time", (text, at, dateOnly) => {
    expect(jstMoment(text)).toEqual({ at: new Date(at), dateOnly });
  });

  it.each([
    "2027/02/29",
    "2026/13/01",
    "2026/00/10",
    "2026/04/31",
    "2026/01/01 24:00",
    "2026/01/01 10:60",
    "26/1/1",
    "",
  ])("knows that there is no %s", (text) => {
    expect(jstMoment(text)).toBeUndefined();
  });
});

describe("a JST day", () => {
  it("begins and ends at Japan's midnight, one second apart from its neighbours", () => {
    const late = new Date("2026-11-22T14:59:59Z");
    expect(startOfJstDay(late).toISOString()).toBe("2026-11-21T15:00:00.000Z");
    expect(endOfJstDay(late).toISOString()).toBe("2026-11-22T14:59:59.000Z");
    const next = new Date(late.getTime() + 1000);
    expect(startOfJstDay(next).toISOString()).toBe("2026-11-22T15:00:00.000Z");
  });
});

describe("addJstMonths", () => {
  it("keeps the day, or takes the month's last one", () => {
    expect(addJstMonths(new Date("2026-01-30T15:00:00Z"), 1).toISOString()).toBe("2026-02-27T15:00:00.000Z");
    expect(addJstMonths(new Date("2026-11-21T15:00:00Z"), 60).toISOString()).toBe("2031-11-21T15:00:00.000Z");
  });
});
