import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** An element to be watched, and how wide it is now in CSS pixels, rounded down; 0 before it is shown. */
export function useWidth<E extends HTMLElement>(): readonly [RefObject<E | null>, width: number] {
  const place = useRef<E>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const measure = () => setWidth(Math.floor(element.getBoundingClientRect().width));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  return [place, width];
}
