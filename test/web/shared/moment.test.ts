import { describe, expect, it } from "vitest";
import { dateText, daysUntil, momentText } from "../../../web/shared/moment.ts";

describe("dateText", () => {
  it("turns the day at midnight in Japan", () => {
    expect(dateText("2026-12-31T14:59:59Z")).toBe("2026/12/31");
    expect(dateText("2026-12-31T15:00:00Z")).toBe("2027/01/01");
  });
  it("is empty where there is no instant yet", () => {
    expect(dateText("")).toBe("");
  });
});

describe("momentText", () => {
  it("gives hours and minutes in Japan", () => {
    expect(momentText("2026-11-22T01:05:59.999Z")).toBe("2026/11/22 10:05");
  });
});

describe("daysUntil", () => {
  it("counts whole days, below nought when it is past", () => {
    const now = Date.parse("2026-11-22T00:00:00Z");
    expect(daysUntil("2026-11-23T23:59:59Z", now)).toBe(1);
    expect(daysUntil("2026-11-21T23:59:59Z", now)).toBe(-1);
  });
});
