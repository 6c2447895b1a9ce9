import { addJstMonths, endOfJstDay } from "../contract/jst.ts";
import { type AskedPeriod, readPeriod } from "../contract/period.ts";
import { validFrom } from "../pki/signing-time.ts";
import type { ContractedService } from "../registry/tenant.ts";
import type { Clock } from "./rules.ts";

/** Validity, first and last second included. */
export type Period = { readonly notBefore: Date; readonly notAfter: Date };

const sooner = (a: Date, b: Date) => (a < b ? a : b);

/** The service's own validity from now, to the end of a JST day, never beyond the authority's. */
export function standardPeriod(months: number, now: Date, authorityEnd: Date): Period {
  return {
    notBefore: validFrom(now),
    notAfter: sooner(endOfJstDay(addJstMonths(now, months)), authorityEnd),
  };
}

/** The validity of one order whose From and To are right (`rules.ts`). */
export function requestedPeriod(
  service: Pick<ContractedService, "options" | "validityMonths">,
  asked: AskedPeriod,
  { now, askedAt, authorityEnd }: Clock & { readonly authorityEnd: Date },
): Period {
  const { notBefore, notAfter } = readPeriod(service.options, asked, now, askedAt);
  const standard = standardPeriod(service.validityMonths, now, authorityEnd);
  return { notBefore: notBefore ?? standard.notBefore, notAfter: notAfter ?? standard.notAfter };
}
