import { createContext, lazy, Suspense, use, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { stopBack } from "./hash-address.ts";

type Unsaved = {
  /** Forgets what was typed, when the reader has chosen to leave it. */
  readonly discard: () => void;
  /** What was typed is found again when the reader comes back: Back and Forward need no question. */
  readonly kept: boolean;
};
type Guard = { hold: (held: Unsaved) => () => void; leave: (go: () => void) => void };

const UnsavedContext = createContext<Guard | undefined>(undefined);

const LeaveQuestion = lazy(async () => ({ default: (await import("./leave-question.tsx")).LeaveQuestion }));

/** Asks before unsaved input is left by a link, by closing the window and, where it would not be found again, by Back. */
export function UnsavedGuard({ children }: { readonly children: React.ReactNode }) {
  const held = useRef<Unsaved>(undefined);
  const [going, setGoing] = useState<{ readonly go: () => void }>();
  const guard = useMemo<Guard>(
    () => ({
      hold: (unsaved) => {
        held.current = unsaved;
        if (!unsaved.kept) stopBack((go) => setGoing({ go }));
        const unload = (event: BeforeUnloadEvent) => event.preventDefault();
        const click = (event: MouseEvent) => {
          const link = linkOf(event);
          if (!link || held.current === undefined) return;
          event.preventDefault();
          event.stopPropagation();
          // Clicked again, it does all that it would have done.
          setGoing({ go: () => link.click() });
        };
        addEventListener("beforeunload", unload);
        addEventListener("click", click, true);
        return () => {
          held.current = undefined;
          stopBack(undefined);
          removeEventListener("beforeunload", unload);
          removeEventListener("click", click, true);
        };
      },
      leave: (go) => {
        if (held.current === undefined) go();
        else setGoing({ go });
      },
    }),
    [],
  );
  const leave = () => {
    const { current } = held;
    held.current = undefined;
    stopBack(undefined);
    current?.discard();
    setGoing(undefined);
    going?.go();
  };
  return (
    <UnsavedContext value={guard}>
      {children}
      {going && (
        <Suspense fallback={null}>
          <LeaveQuestion stay={() => setGoing(undefined)} leave={leave} />
        </Suspense>
      )}
    </UnsavedContext>
  );
}

/** The link to another page of this site that a click follows in this window. */
function linkOf({ target, button, ctrlKey, metaKey, shiftKey }: MouseEvent): HTMLAnchorElement | undefined {
  if (button !== 0 || ctrlKey || metaKey || shiftKey || !(target instanceof Element)) return undefined;
  return target.closest<HTMLAnchorElement>('a[href^="#/"]') ?? undefined;
}

/**
 * Says whether this page holds input that is not saved. The answer leaves the page by `go`, after a question when it
 * does: for buttons that lead away or clear the form; links, closing the window and Back are asked about by themselves.
 */
export function useUnsaved(
  unsaved: boolean,
  { discard, kept = false }: { readonly discard: () => void; readonly kept?: boolean },
): (go: () => void) => void {
  const guard = use(UnsavedContext);
  if (guard === undefined) throw new Error("useUnsaved is used outside UnsavedGuard (web/admin/frame/frame.tsx)");
  const forget = useEffectEvent(discard);
  useEffect(() => (unsaved ? guard.hold({ discard: () => forget(), kept }) : undefined), [guard, unsaved, kept]);
  return guard.leave;
}
