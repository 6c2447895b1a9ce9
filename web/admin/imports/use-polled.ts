import { useCallback, useEffect, useState } from "react";
import { type Pace, usePolling } from "../frame/use-polling.ts";

/** Something that is asked again and again. What was shown stays while it is asked. */
export type Polled<V> = {
  readonly value: V | undefined;
  /** Why the last attempt that somebody waited for failed. */
  readonly cause: unknown;
  readonly loading: boolean;
};

/**
 * Loads when the page shows and when `load` changes (give it by useCallback), then by itself at the pace of
 * what was answered, while the page is in view; `refresh` asks immediately.
 */
export function usePolled<V extends object>(
  load: (signal: AbortSignal) => Promise<V>,
  paceOf: (value: V) => Pace,
): Polled<V> & { readonly refresh: () => void } {
  const [live, setLive] = useState<Polled<V>>({ value: undefined, cause: undefined, loading: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    setLive((before) => ({ ...before, loading: true }));
    load(left.signal).then(
      (value) => !left.signal.aborted && setLive({ value, cause: undefined, loading: false }),
      (cause: unknown) => !left.signal.aborted && setLive((before) => ({ ...before, cause, loading: false })),
    );
    return () => left.abort();
  }, [load, round]);
  usePolling(live.value === undefined ? "still" : paceOf(live.value), async (signal) => {
    const value = await load(signal);
    if (!signal.aborted) setLive({ value, cause: undefined, loading: false });
  });
  return { ...live, refresh: useCallback(() => setRound((before) => before + 1), []) };
}
