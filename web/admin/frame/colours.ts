import { useLayoutEffect } from "react";
import { useDark } from "./media.ts";

/** Shows the site in the system's colours: a class on the body is all that the component library asks for. */
export function useColours(): void {
  const dark = useDark();
  useLayoutEffect(() => {
    document.body.classList.toggle("awsui-dark-mode", dark);
  }, [dark]);
}
