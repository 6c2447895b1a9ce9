import { endOfJstDay, type JstMoment, jstMoment, startOfJstDay, withSlashes } from "./jst.ts";
import type { FieldRule } from "./rules.ts";
import type { ServiceOption } from "./shapes.ts";

/** From and To as typed. */
export type AskedPeriod = { readonly from?: string | undefined; readonly to?: string | undefined };
/** The rules of From and To. */
export type PeriodRule = Extract<
  FieldRule,
  "toRequired" | "periodNotContracted" | "dateOnly" | "moment" | "momentUnknown" | "fromPast" | "toBeforeFrom"
>;
export type PeriodFault = { readonly part: "from" | "to"; readonly code: PeriodRule };

/** The instants that hold by themselves, and what is wrong with the others. */
export type ReadPeriod = {
  readonly notBefore: Date | undefined;
  readonly notAfter: Date | undefined;
  readonly faults: readonly PeriodFault[];
};

/** Does the service let a certificate's validity be chosen: by date, or by date and time? */
export function periodKind(options: readonly ServiceOption[]): "none" | "date" | "time" {
  if (options.includes("period-time")) return "time";
  return options.includes("period") ? "date" : "none";
}

/**
 * From and To read as JST by every rule that needs no more than the clock, each part for itself, so
 * that one's fault does not hide the other's; the authority's end is the server's to compare. The
 * page asks before it sends, the server before it registers. A From counts by the day it was asked for on.
 */
export function readPeriod(
  options: readonly ServiceOption[],
  asked: AskedPeriod,
  now: Date,
  askedAt: Date = now,
): ReadPeriod {
  const kind = periodKind(options);
  const faults: PeriodFault[] = [];
  const fail = (part: "from" | "to", code: PeriodRule): undefined => {
    faults.push({ part, code });
  };
  const read = (part: "from" | "to"): JstMoment | undefined => {
    const text = plainMoment(asked[part] ?? "", kind);
    if (text === "") return part === "to" && kind !== "none" ? fail(part, "toRequired") : undefined;
    if (kind === "none") return fail(part, "periodNotContracted");
    const { form, code } = forms[kind];
    if (!form.test(text)) return fail(part, code);
    return jstMoment(text) ?? fail(part, "momentUnknown");
  };
  const from = read("from");
  const to = read("to");
  const past = from !== undefined && from.at < startOfJstDay(askedAt);
  if (past) fail("from", "fromPast");
  const notBefore = past ? undefined : from?.at;
  const end = to?.dateOnly ? endOfJstDay(to.at) : to?.at;
  const early = end !== undefined && (end <= now || (notBefore !== undefined && end <= notBefore));
  if (early) fail("to", "toBeforeFrom");
  return { notBefore, notAfter: early ? undefined : end, faults };
}

/**
 * A moment as spreadsheets and databases write it, without what adds nothing: hyphens in the date, seconds of
 * zero, and midnight where days alone are contracted.
 */
function plainMoment(typed: string, kind: "none" | "date" | "time"): string {
  const text = withSlashes(typed.normalize("NFKC").trim()).replace(/( \d{1,2}:\d{2}):00$/, "$1");
  return kind === "date" ? text.replace(/ +0{1,2}:00$/, "") : text;
}

/** Single digits are accepted. */
const forms = {
  date: { form: /^\d{4}\/\d{1,2}\/\d{1,2}$/, code: "dateOnly" },
  time: { form: /^\d{4}\/\d{1,2}\/\d{1,2}(?: +\d{1,2}:\d{2})?$/, code: "moment" },
} as const satisfies Record<string, { form: RegExp; code: PeriodRule }>;
