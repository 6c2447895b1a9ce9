import { useSyncExternalStore } from "react";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
}

/** Is the page as narrow as a phone? 688 px is the component library's own smallest breakpoint. */
export const useNarrow = (): boolean => useMedia("(max-width: 688px)");

/** Does the system ask for light letters on a dark ground? */
export const useDark = (): boolean => useMedia("(prefers-color-scheme: dark)");

/** Is there room for the menu beside a list? A laptop of 1366 px has none. */
export const useRoomForMenu = (): boolean => useMedia("(min-width: 1440px)");
