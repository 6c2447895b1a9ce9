import { useEffect, useEffectEvent } from "react";

const shortest = 1500;
const longest = 15_000;

/**
 * Repeats `work` while `wanted` and the page is in view: every 1.5 s at first, then more and more rarely
 * (a queue that stands still must not be asked 40 times a minute by every open page).
 */
export function usePolling(wanted: boolean, work: (signal: AbortSignal) => Promise<void>): void {
  const once = useEffectEvent(work);
  useEffect(() => {
    if (!wanted) return undefined;
    const left = new AbortController();
    let wait = shortest;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      clearTimeout(timer);
      if (!left.signal.aborted && document.visibilityState === "visible") timer = setTimeout(run, wait);
    };
    const run = () => {
      wait = Math.min(wait * 1.15, longest);
      // A poll that fails is not worth a message: the next one may succeed, and [一覧を更新] tells.
      once(left.signal).then(plan, plan);
    };
    const advancedAt = () => {
      wait = shortest;
      plan();
    };
    document.addEventListener("visibilitychange", advancedAt);
    plan();
    return () => {
      left.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", advancedAt);
    };
  }, [wanted]);
}
