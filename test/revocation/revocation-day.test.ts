import { describe, expect, it } from "vitest";
import { revocationDay } from "../../lambdas/revocation/revocation-day.ts";

/** What is wrong with the day, or the instant that it means. */
function asked(on: string, now: string): string {
  try {
    return revocationDay(on, new Date(now)).toISOString();
  } catch (error) {
    return (error as { errors: { field: string; code: string }[] }).errors
      .map(({ field, code }) => `${field} ${code}`)
      .join();
  }
}

describe("revocationDay", () => {
  it.each([
    ["2026/11/23", "2026-11-22T03:00:00Z", "2026-11-22T15:00:00.000Z", "tomorrow"],
    ["2026/12/22", "2026-11-22T03:00:00Z", "2026-12-21T15:00:00.000Z", "today + 30"],
    ["2026/12/23", "2026-11-22T03:00:00Z", "on revokeOnTooLate", "today + 31"],
    ["2026/11/22", "2026-11-22T03:00:00Z", "on revokeOnTooEarly", "today"],
    ["2026/11/21", "2026-11-22T03:00:00Z", "on revokeOnTooEarly", "yesterday"],
    [
      "2026/11/23",
      "2026-11-22T14:59:59.999Z",
      "2026-11-22T15:00:00.000Z",
      "tomorrow, in the last millisecond of today in Japan",
    ],
    ["2026/11/23", "2026-11-22T15:00:00.000Z", "on revokeOnTooEarly", "today, in the first millisecond of it"],
    ["2026/12/23", "2026-11-22T15:00:00.000Z", "2026-12-22T15:00:00.000Z", "today + 30, from midnight on"],
    ["2028/2/29", "2028-02-28T00:00:00Z", "2028-02-28T15:00:00.000Z", "a leap day, in single digits"],
    ["2027/2/29", "2027-02-27T00:00:00Z", "on momentUnknown", "a leap day that is none"],
    ["2027/01/01", "2026-12-31T00:00:00Z", "2026-12-31T15:00:00.000Z", "new year's day"],
    ["2026-11-23", "2026-11-22T03:00:00Z", "on momentUnknown", "another notation"],
    ["2026/11/23 09:00", "2026-11-22T03:00:00Z", "on dateOnly", "a time"],
  ])("makes of %s at %s: %s (%s)", (on, now, expected) => {
    expect(asked(on, now)).toBe(expected);
  });
});
