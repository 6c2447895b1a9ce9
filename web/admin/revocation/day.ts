import type { FieldRule } from "../../../lambdas/contract/rules.ts";
import { dateText } from "../../shared/moment.ts";

const length = 86_400_000;

/** The first and the last day that may be asked for, `yyyy/mm/dd` in Japan whatever the browser's own time zone. */
export const daysOffered = (now: number): { readonly first: string; readonly last: string } => ({
  first: dateText(new Date(now + length).toISOString()),
  last: dateText(new Date(now + 30 * length).toISOString()),
});

/** Why the picker's value (`yyyy-mm-dd`, in part while it is typed) cannot be asked for; `undefined` when it can. The server has the last word. */
export function dayRefusal(value: string, now: number): FieldRule | undefined {
  if (value === "") return "required";
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return "dateOnly";
  const day = slashed(value);
  if (new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) !== value) return "momentUnknown";
  const { first, last } = daysOffered(now);
  if (day < first) return "revokeOnTooEarly";
  return day > last ? "revokeOnTooLate" : undefined;
}

/** The API's notation of the picker's value. */
export const slashed = (value: string): string => value.replaceAll("-", "/");

/** A day of the calendar, which is the browser's own midnight, in the API's notation. */
export const calendarDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("/");
