import { useSyncExternalStore } from "react";

const query = "(max-width: 688px)";

/** Is the page as narrow as a phone? 688 px is the component library's own smallest breakpoint. */
export const useNarrow = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query);
      list.addEventListener("change", changed);
      return () => list.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
  );
