import { describe, expect, it } from "vitest";
import { recurrenceOf } from "../../lib/local/schedule-expression.ts";

const next = (expression: string, after: string, zone = "Asia/Tokyo"): string | undefined => {
  const recurrence = recurrenceOf(expression, zone);
  return recurrence.kind === "cron" ? recurrence.next(new Date(after))?.toISOString() : String(recurrence.milliseconds);
};

describe("the next time of a schedule", () => {
  it("is a distance for a rate", () => {
    expect(next("rate(5 minutes)", "2026-11-22T00:00:00Z")).toBe("300000");
    expect(next("rate(1 hour)", "2026-11-22T00:00:00Z")).toBe("3600000");
    expect(next("rate(2 days)", "2026-11-22T00:00:00Z")).toBe("172800000");
  });

  it.each([
    [
      "midnight in Tokyo is 15:00 the day before in UTC",
      "cron(0 0 * * ? *)",
      "2026-11-22T14:59:59Z",
      "2026-11-22T15:00:00.000Z",
    ],
    ["the instant itself is over", "cron(0 0 * * ? *)", "2026-11-22T15:00:00Z", "2026-11-23T15:00:00.000Z"],
    ["the first of the month at 3:00", "cron(0 3 1 * ? *)", "2026-11-22T00:00:00Z", "2026-11-30T18:00:00.000Z"],
    ["over the end of the year", "cron(0 3 1 * ? *)", "2026-12-31T18:00:00Z", "2027-01-31T18:00:00.000Z"],
    ["steps of minutes", "cron(0/15 * * * ? *)", "2026-11-22T00:16:00Z", "2026-11-22T00:30:00.000Z"],
    ["days of the week by name", "cron(30 9 ? * MON-FRI *)", "2026-11-20T01:00:00Z", "2026-11-23T00:30:00.000Z"],
    [
      "the last day of the month, leap year",
      "cron(0 12 L FEB ? 2028)",
      "2026-11-22T00:00:00Z",
      "2028-02-29T03:00:00.000Z",
    ],
    ["lists", "cron(0 6,18 * * ? *)", "2026-11-22T00:00:00Z", "2026-11-22T09:00:00.000Z"],
  ])("knows %s", (_, expression, after, expected) => {
    expect(next(expression, after)).toBe(expected);
  });

  it("follows the clock changes of the zone", () => {
    expect(next("cron(0 9 * * ? *)", "2026-03-27T10:00:00Z", "Europe/Berlin")).toBe("2026-03-28T08:00:00.000Z");
    expect(next("cron(0 9 * * ? *)", "2026-03-28T10:00:00Z", "Europe/Berlin")).toBe("2026-03-29T07:00:00.000Z");
  });

  it("has none after the last year", () => {
    expect(next("cron(0 0 1 1 ? 2026)", "2026-11-22T00:00:00Z")).toBeUndefined();
  });

  it.each([
    "at(2026-01-01T00:00:00)",
    "rate(5 weeks)",
    "cron(0 0 * * *)",
    "cron(0 0 3W * ? *)",
    "cron(0 0 ? * 2#1 *)",
    "cron(0 0 * * * *)",
    "cron(61 0 * * ? *)",
  ])("refuses %s", (expression) => {
    expect(() => recurrenceOf(expression, "Asia/Tokyo")).toThrow();
  });

  it("refuses an unknown zone", () => {
    expect(() => recurrenceOf("cron(0 0 * * ? *)", "Asia/Tokio")).toThrow(/Tokio/);
  });
});
