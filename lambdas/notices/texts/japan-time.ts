const ahead = 9 * 60 * 60 * 1000;

/** `yyyy/mm/dd hh:mm` on Japan's clock for an ISO 8601 instant; throws RangeError for what is none. */
export const japanTime = (instant: string): string =>
  new Date(Date.parse(instant) + ahead).toISOString().slice(0, 16).replaceAll("-", "/").replace("T", " ");

/** The same, the date alone. */
export const japanDate = (instant: string): string => japanTime(instant).slice(0, 10);
