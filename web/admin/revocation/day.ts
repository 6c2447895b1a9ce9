import type { FieldRule } from "../../../lambdas/contract/rules.ts";
import { dateText } from "../../shared/moment.ts";

const length = 86_400_000;

/** The first and the last day that may be asked for, `yyyy/mm/dd` in Japan whatever the browser's own time zone. */
export const daysOffered = (now: number): { readonly first: string; readonly last: string } => ({
  first: dateText(new Date(now + length).toISOString()),
  last: dateText(new Date(now + 30 * length).toISOString()),
});

/** What was typed as `yyyy/mm/dd`: with slashes, hyphens or as eight digits, also full-width; undefined where it has no such form. */
function written(typed: string): string | undefined {
  const text = typed.normalize("NFKC").trim();
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})[/-](\d{1,2})[/-](\d{1,2})$/.exec(text);
  return parts
    ?.slice(1)
    .map((part) => part.padStart(2, "0"))
    .join("/");
}

/** Whether the calendar has a day `yyyy/mm/dd`. */
function exists(day: string): boolean {
  const iso = day.replaceAll("/", "-");
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === iso;
}

/** Why what was typed cannot be asked for; `undefined` when it can. The server has the last word. */
export function dayRefusal(typed: string, now: number): FieldRule | undefined {
  if (typed.trim() === "") return "required";
  const day = written(typed);
  if (day === undefined) return "dateOnly";
  if (!exists(day)) return "momentUnknown";
  const { first, last } = daysOffered(now);
  if (day < first) return "revokeOnTooEarly";
  return day > last ? "revokeOnTooLate" : undefined;
}

/** The API's notation of what was typed; as it was typed where it is no day. */
export const slashed = (typed: string): string => written(typed) ?? typed;

/** The calendar component's notation, `yyyy-mm-dd`; "" where no day of the calendar was typed. */
export function calendarValue(typed: string): string {
  const day = written(typed);
  return day !== undefined && exists(day) ? day.replaceAll("/", "-") : "";
}

/** A day of the calendar, which is the browser's own midnight, in the API's notation. */
export const calendarDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("/");
