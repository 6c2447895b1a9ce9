/** This thread's `Date`, before any shift. */
const System = Date;
let shift = 0;

/** Milliseconds by which this thread's clock is ahead of the system's; negative when it is behind. */
export const clockShift = (): number => shift;

/** The system's time, by which TLS and programs outside of the run go. Milliseconds since 1970. */
export const systemNow = (): number => Date.now() - shift;

const Shifted = new Proxy(System, {
  construct: (target, given: unknown[], made) =>
    Reflect.construct(target, given.length === 0 ? [target.now() + shift] : given, made) as Date,
  apply: () => new Date().toString(),
  get: (target, name) => (name === "now" ? () => target.now() + shift : (Reflect.get(target, name) as unknown)),
});

/**
 * From here on `Date` in this thread is so many milliseconds ahead of the system's clock: one place for all code, also
 * that of packages. Timers count as before. Every process and thread of a run calls this before it does anything else.
 */
export function shiftClock(milliseconds: number): void {
  if (milliseconds === shift) return;
  shift = milliseconds;
  globalThis.Date = shift === 0 ? System : Shifted;
}
