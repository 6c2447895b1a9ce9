/** When a schedule is due: at a fixed interval, or at the instants of a cron expression. */
export type Recurrence =
  | { readonly kind: "rate"; readonly milliseconds: number }
  | { readonly kind: "cron"; next(after: Date): Date | undefined };

const units = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

type Field = (value: number) => boolean;

/** One field of a cron expression: lists, ranges, steps, names. `?` and `*` are all values. Throws for unsupported forms (W, #, L beyond the day of month). */
function fieldOf(text: string, [low, high]: readonly [number, number], names: readonly string[] = []): Field {
  const numberOf = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    const value = named >= 0 ? named + low : /^\d+$/.test(part) ? Number(part) : Number.NaN;
    if (!(value >= low && value <= high))
      throw new Error(`"${text}" is not a cron field between ${low} and ${high} that this machine knows`);
    return value;
  };
  const allowed = new Set<number>();
  for (const item of text.split(",")) {
    const [range = "", step] = item.split("/");
    const [from, to] = range === "*" || range === "?" ? [low, high] : range.split("-").map(numberOf);
    const last = to ?? (step === undefined ? from : high);
    const stride = step === undefined ? 1 : Number(step);
    if (from === undefined || last === undefined || !(stride >= 1))
      throw new Error(`"${text}" is not a cron field that this machine knows`);
    for (let value = from; value <= last; value += stride) allowed.add(value);
  }
  return (value) => allowed.has(value);
}

/** Milliseconds that local time in the zone is ahead of UTC at an instant. Throws RangeError for an unknown zone. */
function zoneOffset(zone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  return (instant) => {
    const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const local = Date.UTC(
      part["year"] ?? 0,
      (part["month"] ?? 1) - 1,
      part["day"],
      part["hour"],
      part["minute"],
      part["second"],
    );
    return local - Math.floor(instant / 1000) * 1000;
  };
}

function cron(fields: readonly string[], zone: string): Recurrence {
  const [minute, hour, dayOfMonth, month, dayOfWeek, year] = fields as [string, string, string, string, string, string];
  if ((dayOfMonth === "?") === (dayOfWeek === "?"))
    throw new Error("exactly one of day-of-month and day-of-week has to be ?");
  const minutes = fieldOf(minute, [0, 59]);
  const hours = fieldOf(hour, [0, 23]);
  const lastDay = dayOfMonth.toUpperCase() === "L";
  const days = lastDay ? () => false : fieldOf(dayOfMonth, [1, 31]);
  const monthly = fieldOf(month, [1, 12], months);
  const weekly = fieldOf(dayOfWeek, [1, 7], weekdays);
  const years = fieldOf(year, [1970, 2199]);
  const offset = zoneOffset(zone);

  const isDue = (date: Date): boolean => {
    const endOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    const right = lastDay ? date.getUTCDate() === endOfMonth : days(date.getUTCDate());
    return years(date.getUTCFullYear()) && monthly(date.getUTCMonth() + 1) && right && weekly(date.getUTCDay() + 1);
  };

  /** The instants of a local day (given as if it were UTC) in order. A local time that a clock change skips is shifted by the change. */
  function* instantsOf(localDay: number): Generator<number> {
    for (let atHour = 0; atHour < 24; atHour++) {
      for (let atMinute = 0; hours(atHour) && atMinute < 60; atMinute++) {
        if (!minutes(atMinute)) continue;
        const local = localDay + atHour * units.hour + atMinute * units.minute;
        const guess = local - offset(local);
        yield local - offset(guess);
      }
    }
  }

  return {
    kind: "cron",
    next: (after) => {
      const today = new Date(after.getTime() + offset(after.getTime())).setUTCHours(0, 0, 0, 0);
      // Ten years: four cover every date but 29 February on a given weekday, ten cover nearly all of those.
      for (let day = 0; day < 3_660; day++) {
        const localDay = today + day * units.day;
        if (!isDue(new Date(localDay))) continue;
        for (const instant of instantsOf(localDay)) if (instant > after.getTime()) return new Date(instant);
      }
      return undefined;
    },
  };
}

/**
 * Reads an EventBridge Scheduler expression: `rate(5 minutes)` or `cron(0 0 1 * ? *)` in the given time zone.
 * Throws for an unsupported expression. https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function recurrenceOf(expression: string, zone: string): Recurrence {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) return { kind: "rate", milliseconds: Number(rate[1]) * units[rate[2] as keyof typeof units] };
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (fields?.length !== 6) throw new Error(`The schedule expression ${expression} is not known on this machine`);
  return cron(fields, zone);
}
