import { describe, expect, it } from "vitest";
import type { AskedPeriod } from "../../lambdas/contract/period.ts";
import { requestedPeriod } from "../../lambdas/registration/period.ts";
import { type Clock, faultsOf } from "../../lambdas/registration/rules.ts";
import { invalid, Refusal } from "../../lambdas/refusal.ts";
import type { ServiceOption } from "../../lambdas/contract/shapes.ts";

const now = new Date("2026-11-22T03:00:00Z"); // noon in Japan
const authorityEnd = new Date("2036-11-20T00:00:00Z");
const service = (...options: ServiceOption[]) => ({
  tenantId: "t",
  serviceId: "s",
  name: "",
  options,
  issuing: true,
  licences: 1,
  licencesUsed: 0,
  key: "auto" as const,
  validityMonths: 60,
  mailDomains: [],
  subjectOrganizations: [],
  pkcs12: "auto" as const,
  principalSuffixes: [],
});
/** The period of an order that keeps the rules, refused by their faults else. */
function allowed(contracted: ReturnType<typeof service>, asked: AskedPeriod, clock: Clock & { authorityEnd: Date }) {
  const faults = faultsOf(contracted, asked, clock);
  if (faults.length > 0) throw invalid(...faults.map(({ at, code }) => ({ field: `devices.0.${at}`, code })));
  return requestedPeriod(contracted, asked, clock);
}
const period = (options: ServiceOption[], from?: string, to?: string) =>
  allowed(service(...options), { from, to }, { now, authorityEnd });
const refusal = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.errors;
    throw error;
  }
  throw new Error("was not refused");
};

describe("requestedPeriod", () => {
  it("runs, without a period option, from five minutes ago to the end of the day so many months later", () => {
    expect(period([])).toEqual({
      notBefore: new Date("2026-11-22T02:55:00Z"),
      notAfter: new Date("2031-11-22T14:59:59Z"),
    });
  });

  it("takes a date as its first and its last second in Japan", () => {
    expect(period(["period"], "2026/11/22", "2027/3/31")).toEqual({
      notBefore: new Date("2026-11-21T15:00:00Z"),
      notAfter: new Date("2027-03-31T14:59:59Z"),
    });
  });

  it.each(["2027/3/31 0:00", "2027/03/31 00:00:00", "2027-03-31", "２０２７-３-３１ 0:00"])(
    "reads %s, as spreadsheets and databases write it, as that day where days alone are contracted",
    (to) => {
      expect(period(["period"], undefined, to).notAfter).toEqual(new Date("2027-03-31T14:59:59Z"));
    },
  );

  it.each(["2027/3/31 9:30", "2027/3/31 9:30:00", "2027-03-31 09:30:00", "2027-3-31  9:30"])(
    "reads %s as that minute where times are contracted",
    (to) => {
      expect(period(["period-time"], undefined, to).notAfter).toEqual(new Date("2027-03-31T00:30:00Z"));
    },
  );

  it("takes 0:00 for the day's beginning where times are contracted, and no other second than 0", () => {
    expect(period(["period-time"], undefined, "2027/3/31 0:00").notAfter).toEqual(new Date("2027-03-30T15:00:00Z"));
    expect(refusal(() => period(["period-time"], undefined, "2027/3/31 9:30:01"))).toMatchObject([{ code: "moment" }]);
    expect(refusal(() => period(["period"], undefined, "2027/3/31 0:01"))).toMatchObject([{ code: "dateOnly" }]);
  });

  it("counts From by the day it was asked for on: what was accepted before midnight is not refused after it", () => {
    const ordered = (askedAt?: Date) =>
      allowed(
        service("period"),
        { from: "2026/11/22", to: "2027/3/31" },
        { now: new Date("2026-11-22T15:00:01Z"), authorityEnd, askedAt },
      );
    expect(ordered(now).notBefore).toEqual(new Date("2026-11-21T15:00:00Z"));
    expect(refusal(() => ordered())).toMatchObject([{ field: "devices.0.from", code: "fromPast" }]);
  });

  it("takes an empty From as the time of issue", () => {
    expect(period(["period"], undefined, "2026/11/22").notBefore).toEqual(new Date("2026-11-22T02:55:00Z"));
  });

  it("takes times, and dates alone, with the option for both", () => {
    expect(period(["period-time"], "2026/11/23 9:00", "2026/11/23 18:00")).toEqual({
      notBefore: new Date("2026-11-23T00:00:00Z"),
      notAfter: new Date("2026-11-23T09:00:00Z"),
    });
    expect(period(["period-time"], undefined, "2026/12/01").notAfter).toEqual(new Date("2026-12-01T14:59:59Z"));
  });

  it("refuses From and To at once", () => {
    expect(refusal(() => period(["period"], "2026/11/21", "2027/02/30"))).toEqual([
      { field: "devices.0.to", code: "momentUnknown" },
      { field: "devices.0.from", code: "fromPast" },
    ]);
  });

  it.each([
    [[], "2026/11/23", undefined, "from", "periodNotContracted"],
    [[], undefined, "2026/11/23", "to", "periodNotContracted"],
    [["period"], undefined, undefined, "to", "toRequired"],
    [["period"], "2026/11/21", "2027/01/01", "from", "fromPast"],
    [["period"], undefined, "2026/11/21", "to", "toBeforeFrom"],
    [["period"], "2026/12/02", "2026/12/01", "to", "toBeforeFrom"],
    [["period"], undefined, "2036/11/20", "to", "toBeyondAuthority"],
    [["period"], undefined, "2027/02/29", "to", "momentUnknown"],
    [["period"], undefined, "2027/02/28 10:00", "to", "dateOnly"],
    [["period"], undefined, "2027.02.28", "to", "dateOnly"],
    [["period-time"], undefined, "2027.02.28", "to", "moment"],
    [["period-time"], undefined, "2026/11/22 12:00", "to", "toBeforeFrom"],
  ] as const)("refuses, with options %j, from %s to %s at %s as %s", (options, from, to, field, code) => {
    expect(refusal(() => period([...options], from, to))).toEqual([{ field: `devices.0.${field}`, code }]);
  });
});
