import Box from "@cloudscape-design/components/box";
import { createContext, use, useEffect, useEffectEvent, useRef } from "react";
import { createPortal } from "react-dom";
import { useNarrow } from "./media.ts";

/** What the frame knows of the panel beside a page; its content is the page's own. */
export type Panel = {
  readonly name: string;
  readonly close: () => void;
};

type PanelPlace = { readonly show: (panel: Panel | undefined) => void; readonly place: HTMLElement | null };

export const PanelContext = createContext<PanelPlace | undefined>(undefined);

type Props = Panel & { readonly children: React.ReactNode };

/** Shows its children beside the page while it is mounted: at the page's end, on a phone over the whole page. */
export function SidePanel({ name, close, children }: Props) {
  const panel = use(PanelContext);
  if (panel === undefined) throw new Error("SidePanel stands outside PanelContext (web/admin/frame/frame.tsx)");
  const { show, place } = panel;
  const closed = useEffectEvent(close);
  useEffect(() => {
    show({ name, close: () => closed() });
    return () => show(undefined);
  }, [show, name]);
  const content = (
    <div
      onKeyDown={({ key }) => {
        if (key === "Escape") close();
      }}
    >
      {children}
    </div>
  );
  return place && createPortal(content, place);
}

/** A panel's title. It takes the focus, also when the panel comes to show something else: give it a key for that. */
export function PanelTitle({ children }: { readonly children: React.ReactNode }) {
  const place = useRef<HTMLHeadingElement>(null);
  // On a phone nothing of the page is left beside the panel, its title neither.
  const Level = useNarrow() ? "h1" : "h2";
  useEffect(() => place.current?.focus({ preventScroll: true }), []);
  return (
    <Level ref={place} tabIndex={-1} className="heading panel-title">
      {children}
    </Level>
  );
}

/** A part of a panel below its title. */
export function PanelSection({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  const narrow = useNarrow();
  return (
    <section>
      <Box variant="h3" tagOverride={narrow ? "h2" : "h3"}>
        {title}
      </Box>
      {children}
    </section>
  );
}
