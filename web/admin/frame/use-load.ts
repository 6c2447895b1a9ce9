import { useCallback, useEffect, useState } from "react";

/** Something asked from the server: not here yet, here, or refused. */
export type Loaded<V> =
  | { readonly state: "loading" }
  | { readonly state: "ready"; readonly value: V }
  | { readonly state: "failed"; readonly cause: unknown };

const loading = { state: "loading" } as const;

/** Loads when the page shows and when `load` changes (give it by useCallback); `again` starts over. */
export function useLoad<V>(load: (signal: AbortSignal) => Promise<V>): readonly [Loaded<V>, again: () => void] {
  const [loaded, setLoaded] = useState<Loaded<V>>(loading);
  const [round, setRound] = useState(0);
  useEffect(() => {
    const left = new AbortController();
    setLoaded(loading);
    load(left.signal).then(
      (value) => !left.signal.aborted && setLoaded({ state: "ready", value }),
      (cause: unknown) => !left.signal.aborted && setLoaded({ state: "failed", cause }),
    );
    return () => left.abort();
  }, [load, round]);
  return [loaded, useCallback(() => setRound((before) => before + 1), [])];
}
