import Header, { type HeaderProps } from "@cloudscape-design/components/header";
import { useEffect, useRef } from "react";
import { useSession, useWords } from "./contexts.ts";
import { frameWords } from "./words.ts";

/** Pages shown so far: the first one's heading must not take the focus from a reader who has just opened the site. */
let navigations = 0;

/**
 * A page's title, also the browser tab's. It takes the focus when the title changes on the way from another
 * page, so that the keyboard and a screen reader start at the new content.
 */
export function Heading({
  title,
  ...rest
}: { readonly title: string } & Pick<HeaderProps, "info" | "description" | "actions">) {
  const { brand } = useSession();
  const t = useWords(frameWords);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.title = `${title} - ${t.siteName(brand)}`;
  }, [title, brand, t]);
  useEffect(() => {
    if (navigations > 0) {
      place.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    navigations += 1;
  }, []);
  return (
    <div ref={place} tabIndex={-1} className="heading">
      <Header variant="h1" {...rest}>
        {title}
      </Header>
    </div>
  );
}
