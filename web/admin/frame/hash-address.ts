import { useSyncExternalStore } from "react";

type Options = { readonly replace?: boolean; readonly state?: unknown };
/** Is asked in place of showing where Back or Forward leads; `go` leads there after all. */
type Blocker = (go: () => void) => void;

/** The page's address is the part after the `#`: a path, and a search of its own (`#/subscribers/…?sort=status`). */
const current = () => ({ address: location.hash.replace(/^#?\/?/, "/"), state: history.state as unknown });

let shown = current();
let blocker: Blocker | undefined;
let listeners: readonly (() => void)[] = [];

function show(): void {
  shown = current();
  for (const changed of listeners) changed();
}

addEventListener("hashchange", () => {
  if (current().address === shown.address) return;
  if (blocker === undefined) return show();
  // The browser has moved already: the page's own address is put on top again, so that Back leads where the reader wanted to go.
  history.pushState(shown.state, "", `#${shown.address}`);
  blocker(() => history.back());
});

function subscribe(changed: () => void): () => void {
  listeners = [...listeners, changed];
  return () => {
    listeners = listeners.filter((one) => one !== changed);
  };
}

const part = (index: 0 | 1) => () => shown.address.split("?", 2)[index] ?? "";

/** Shows the page at an address of this site (`/subscribers?…`). */
export function navigate(address: string, { replace = false, state = null }: Options = {}): void {
  history[replace ? "replaceState" : "pushState"](state, "", `#${address}`);
  show();
}

/** The path and the way to another address: the router's hook. */
export const useHashPath = (): [string, typeof navigate] => [useSyncExternalStore(subscribe, part(0)), navigate];
useHashPath.hrefs = (address: string): string => `#${address}`;

/** The address's search, without its `?`; "" where it has none. */
export const useHashSearch = (): string => useSyncExternalStore(subscribe, part(1));

/** Stops Back and Forward until it is called with `undefined`. Pages navigate by `navigate` as before. */
export function stopBack(ask: Blocker | undefined): void {
  blocker = ask;
}
