const nineHours = 9 * 60 * 60 * 1000;

/** An ISO 8601 instant as Japan's wall clock reads it (JST has no summer time); "" where there is none yet. */
function wallClock(instant: string, length: number): string {
  const at = Date.parse(instant);
  if (Number.isNaN(at)) return "";
  return new Date(at + nineHours).toISOString().slice(0, length).replaceAll("-", "/").replace("T", " ");
}

/** `yyyy/mm/dd` in JST. */
export const dateText = (instant: string): string => wallClock(instant, 10);

/** `yyyy/mm/dd hh:mm` in JST. */
export const momentText = (instant: string): string => wallClock(instant, 16);

/** Whole days from `now` until an instant, rounded down; negative when it is past. */
export const daysUntil = (instant: string, now: number): number => Math.floor((Date.parse(instant) - now) / 86_400_000);
