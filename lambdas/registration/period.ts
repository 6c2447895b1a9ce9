import { addJstMonths, endOfJstDay } from "../contract/jst.ts";
import { type AskedPeriod, type PeriodFault, readPeriod } from "../contract/period.ts";
import { validFrom } from "../pki/signing-time.ts";
import type { FieldError } from "../refusal.ts";
import type { ContractedService } from "../registry/tenant.ts";

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

/** The validity of one order, and what is wrong with From and To, both, at the fields below `field`: it holds without errors alone. */
export function requestedPeriod(
  service: ContractedService,
  asked: AskedPeriod,
  now: Date,
  authorityEnd: Date,
  field: string,
  askedAt: Date = now,
): { readonly period: Period; readonly errors: readonly FieldError[] } {
  const { notBefore, notAfter, faults } = readPeriod(service.options, asked, now, askedAt);
  const beyond: readonly PeriodFault[] =
    notAfter !== undefined && notAfter > authorityEnd ? [{ part: "to", code: "toBeyondAuthority" }] : [];
  const standard = standardPeriod(service.validityMonths, now, authorityEnd);
  return {
    period: { notBefore: notBefore ?? standard.notBefore, notAfter: notAfter ?? standard.notAfter },
    errors: [...faults, ...beyond].map(({ part, code }) => ({ field: `${field}.${part}`, code })),
  };
}
