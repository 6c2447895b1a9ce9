import { useEffect, useEffectEvent } from "react";

const shortest = 1500;
const longest = 15_000;

/**
 * How often something is asked again. What moves: every 1.5 s at first, then more and more rarely, up to every 15 s
 * (a queue in which nothing moves must not be asked 40 times a minute by every open page). What may begin to move: every 15 s.
 */
export type Pace = "moving" | "idle" | "still";

/** Repeats `work` at this pace while the page is in view, and immediately when it comes into view again. */
export function usePolling(pace: Pace, work: (signal: AbortSignal) => Promise<void>): void {
  const once = useEffectEvent(work);
  useEffect(() => {
    if (pace === "still") return undefined;
    const left = new AbortController();
    let wait = pace === "moving" ? shortest : longest;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const plan = () => {
      clearTimeout(timer);
      if (!left.signal.aborted && document.visibilityState === "visible") timer = setTimeout(run, wait);
    };
    const run = () => {
      wait = Math.min(wait * 1.15, longest);
      // A poll that fails is not worth a message: the next one may succeed, and [一覧を更新] shows the error.
      once(left.signal).then(plan, plan);
    };
    const turned = () => {
      clearTimeout(timer);
      if (document.visibilityState !== "visible") return;
      if (pace === "moving") wait = shortest;
      run();
    };
    document.addEventListener("visibilitychange", turned);
    plan();
    return () => {
      left.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", turned);
    };
  }, [pace]);
}
