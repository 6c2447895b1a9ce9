import { useEffect, useRef } from "react";

/**
 * Runs work immediately or, while a mouse button or a finger is down, after the click that it becomes. A click is lost when
 * what it began on moves away from under it: leaving a field by pressing a button must not move that button.
 */
export function useAfterPointerUp(): (work: () => void) => void {
  const press = useRef({ down: false, waiting: [] as (() => void)[] });
  useEffect(() => {
    const { current } = press;
    const begin = () => {
      current.down = true;
    };
    const end = () => {
      current.down = false;
      // The click follows the release in the same task.
      setTimeout(() => {
        for (const work of current.waiting.splice(0)) work();
      });
    };
    // A press that becomes a drag, or ends in another window, has no release here.
    const ends = ["mouseup", "dragend", "blur"] as const;
    addEventListener("mousedown", begin, true);
    for (const name of ends) addEventListener(name, end, name !== "blur");
    return () => {
      removeEventListener("mousedown", begin, true);
      for (const name of ends) removeEventListener(name, end, name !== "blur");
    };
  }, []);
  return (work) => {
    if (press.current.down) press.current.waiting.push(work);
    else work();
  };
}
