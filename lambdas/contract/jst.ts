/** Japan has one offset and no summer time (Asia/Tokyo, since 1952): UTC+9. */
const offset = 9 * 3_600_000;

export type JstMoment = { readonly at: Date; readonly dateOnly: boolean };

/** A moment whose date is written with hyphens, as databases write it, with slashes. */
export const withSlashes = (text: string): string => text.replace(/^(\d{4})-(\d{1,2})-(\d{1,2})(?!\S)/, "$1/$2/$3");

/** The instant of a `yyyy/mm/dd` or `yyyy/mm/dd hh:mm` in JST; undefined when there is no such day or time. */
export function jstMoment(text: string): JstMoment | undefined {
  const parts = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: +(\d{1,2}):(\d{2}))?$/.exec(text);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const same =
    local.getUTCFullYear() === year &&
    local.getUTCMonth() === month - 1 &&
    local.getUTCDate() === day &&
    local.getUTCHours() === hour &&
    local.getUTCMinutes() === minute;
  return same ? { at: new Date(local.getTime() - offset), dateOnly: parts[4] === undefined } : undefined;
}

/** 0:00:00 JST of the instant's day. */
export const startOfJstDay = (at: Date): Date =>
  new Date(Math.floor((at.getTime() + offset) / 86_400_000) * 86_400_000 - offset);

/** 23:59:59 JST of the instant's day. */
export const endOfJstDay = (at: Date): Date => new Date(startOfJstDay(at).getTime() + 86_399_000);

/** The same JST day `months` later, or that month's last day where it has no such day. */
export function addJstMonths(at: Date, months: number): Date {
  const local = new Date(at.getTime() + offset);
  const day = local.getUTCDate();
  local.setUTCDate(1);
  local.setUTCMonth(local.getUTCMonth() + months);
  const last = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1, 0)).getUTCDate();
  local.setUTCDate(Math.min(day, last));
  return new Date(local.getTime() - offset);
}

/** `yyyy/mm/dd hh:mm` in JST for an ISO 8601 instant; throws RangeError for what is none. */
export const jstTime = (instant: string): string =>
  new Date(Date.parse(instant) + offset).toISOString().slice(0, 16).replaceAll("-", "/").replace("T", " ");

/** `yyyy/mm/dd` in JST. */
export const jstDate = (instant: string): string => jstTime(instant).slice(0, 10);
