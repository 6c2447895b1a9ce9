import { systemNow } from "./aws/clock.ts";
import type { StateFile } from "./state.ts";

export { clockShift, shiftClock } from "./aws/clock.ts";

/**
 * By how many milliseconds a data folder's clock is ahead of the system's: as kept in the folder, or so that it stands at
 * `wanted` now. A folder's clock never goes back: its data would be of the future. Throws with the reason and the remedy.
 */
export function settleClock(stateFile: StateFile, wanted: Date | undefined): number {
  const kept = stateFile.state.clockShift ?? 0;
  if (wanted === undefined) return kept;
  const stands = systemNow() + kept;
  if (!stateFile.fresh && wanted.getTime() < stands)
    throw new Error(
      `--clock ${wanted.toISOString()} is earlier than ${new Date(stands).toISOString()}, where the clock of this data folder stands, and it never goes back; give a later instant, or start with another --data folder`,
    );
  const shift = wanted.getTime() - systemNow();
  stateFile.change((state) => (state.clockShift = shift));
  return shift;
}
