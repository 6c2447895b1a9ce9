import { addJstMonths, endOfJstDay, jstMoment, startOfJstDay } from "../certificates/jst.ts";
import { invalid } from "../refusal.ts";
import type { ContractedService } from "../registry/tenant.ts";

/** Validity, first and last second included. */
export type Period = { readonly notBefore: Date; readonly notAfter: Date };

/** Clocks of devices are late: a certificate is valid a little before it is made. */
const earlier = 5 * 60_000;

const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000);
const sooner = (a: Date, b: Date) => (a < b ? a : b);

/** The service's own validity from now, to the end of a JST day, never beyond the authority's. */
export function standardPeriod(months: number, now: Date, authorityEnd: Date): Period {
  return {
    notBefore: wholeSecond(new Date(now.getTime() - earlier)),
    notAfter: sooner(endOfJstDay(addJstMonths(now, months)), authorityEnd),
  };
}

/**
 * The validity of one order. From and To are read as JST; without the service's period option both
 * must be empty. Refusals name the field below `field`.
 */
export function orderedPeriod(
  service: ContractedService,
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: Date,
  authorityEnd: Date,
  field: string,
): Period {
  const withTime = service.options.includes("period-time");
  const standard = standardPeriod(service.validityMonths, now, authorityEnd);
  if (!withTime && !service.options.includes("period")) {
    if (asked.from !== undefined) throw invalid({ field: `${field}.from`, code: "periodNotContracted" });
    if (asked.to !== undefined) throw invalid({ field: `${field}.to`, code: "periodNotContracted" });
    return standard;
  }
  const read = (name: "from" | "to") => {
    const text = asked[name];
    if (text === undefined) return undefined;
    const moment = jstMoment(text);
    if (moment === undefined) throw invalid({ field: `${field}.${name}`, code: "momentUnknown" });
    if (!withTime && !moment.dateOnly) throw invalid({ field: `${field}.${name}`, code: "dateOnly" });
    return moment;
  };
  const from = read("from");
  const to = read("to");
  if (to === undefined) throw invalid({ field: `${field}.to`, code: "toRequired" });
  if (from !== undefined && from.at < startOfJstDay(now)) throw invalid({ field: `${field}.from`, code: "fromPast" });
  const notBefore = from?.at ?? standard.notBefore;
  const notAfter = to.dateOnly ? endOfJstDay(to.at) : to.at;
  if (notAfter <= now || notAfter <= notBefore) throw invalid({ field: `${field}.to`, code: "toBeforeFrom" });
  if (notAfter > authorityEnd) throw invalid({ field: `${field}.to`, code: "toBeyondAuthority" });
  return { notBefore, notAfter };
}
