import { jstMoment, startOfJstDay } from "../contract/jst.ts";
import { invalid } from "../refusal.ts";

const day = 86_400_000;
/** How many days ahead a revocation may be planned, counted from today in Japan. */
const furthest = 30;

/** 0:00 JST of the day `yyyy/mm/dd` that was asked for: tomorrow to today + 30, by Japan's calendar at `now`. Refuses the field. */
export function revocationDay(on: string, now: Date, field = "on"): Date {
  const asked = jstMoment(on);
  if (asked === undefined) throw invalid({ field, code: "momentUnknown" });
  if (!asked.dateOnly) throw invalid({ field, code: "dateOnly" });
  // No summer time in Japan: every day has 24 hours.
  const today = startOfJstDay(now).getTime();
  if (asked.at.getTime() < today + day) throw invalid({ field, code: "revokeOnTooEarly" });
  if (asked.at.getTime() > today + furthest * day) throw invalid({ field, code: "revokeOnTooLate" });
  return asked.at;
}
