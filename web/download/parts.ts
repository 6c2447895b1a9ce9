import { element, webAddress, type Child } from "./element.ts";
import { momentText } from "../shared/moment.ts";
import type { Site, View } from "./state.ts";
import { purposeOf } from "./texts.ts";
import { kindOf, otherThan } from "./this-device.ts";

/** The page's one heading; it takes the focus when the page changes. */
export const heading = (text: string) => element("h1", { id: "heading", tabindex: "-1" }, text);

/** A titled box beside the flow: an error, a warning or good news. */
export function box(kind: "error" | "warning" | "done", title: string, ...children: Child[]) {
  const attributes = kind === "error" ? { id: "problem", role: "alert", tabindex: "-1" } : {};
  return element("div", { class: `box ${kind}`, ...attributes }, element("p", { class: "title" }, title), ...children);
}

/** A button that acts; while a call is under way it keeps its place and its focus but does nothing. */
export function button(
  site: Site,
  given: {
    id: string;
    text: string;
    kind?: "primary" | "plain";
    submit?: true;
    blocked?: boolean;
    expanded?: boolean;
  },
  act?: () => void,
) {
  const waits = site.busy || given.blocked === true;
  return element(
    "button",
    {
      id: given.id,
      type: given.submit === true ? "submit" : "button",
      class: given.kind ?? "primary",
      "aria-disabled": waits && "true",
      "aria-expanded": given.expanded === undefined ? undefined : String(given.expanded),
      on: { click: (event) => (waits ? event.preventDefault() : act?.()) },
    },
    site.busy && given.kind !== "plain" ? site.texts.busy : given.text,
  );
}

/** A link to another site, in a tab of its own, which learns nothing of this one. */
export function outside(site: Site, address: string | undefined, text: string) {
  const href = webAddress(address);
  if (href === undefined) return undefined;
  return element(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer" },
    text,
    element("span", { class: "unseen" }, ` (${site.texts.opensNew})`),
  );
}

/** A value to be read off or copied, in letters that cannot be taken for one another. */
export function secret(site: Site, given: { id: string; label: string; value: string; copy: string }) {
  const value = element("code", { id: given.id, translate: "no" }, ...beforeAt(given.value));
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(given.value);
      site.say(site.texts.copied);
    } catch {
      getSelection()?.selectAllChildren(value);
      site.say(site.texts.copyFailed);
    }
  };
  return element(
    "div",
    { class: "secret" },
    element("p", { class: "label" }, given.label),
    element(
      "div",
      { class: "row" },
      value,
      element(
        "button",
        {
          type: "button",
          class: "plain",
          id: `${given.id}-copy`,
          "aria-label": given.copy,
          on: { click: () => void copy() },
        },
        site.texts.copy,
      ),
    ),
  );
}

/** Says on another device than the certificate is for that it is one, and hands over the address of the sign-in. */
export function elsewhere(site: Site, certificate: Parameters<typeof otherThan>[0]): HTMLElement | undefined {
  const { texts, language } = site;
  const here = otherThan(certificate, kindOf(navigator));
  if (here === undefined) return undefined;
  const title = texts.otherDevice(purposeOf(certificate, language), here === "computer" ? texts.computer : here);
  return box(
    "warning",
    title,
    element("p", {}, texts.otherDeviceHow),
    secret(site, { id: "address", label: texts.openElsewhere, value: `${location.origin}/`, copy: texts.copyUrl }),
  );
}

/** A mail address in two parts, so that it is broken before its @ first and elsewhere only where a part is too long. */
export const beforeAt = (text: string): Child[] =>
  text.split(/(?=@)/).map((part) => element("span", { class: "part" }, part));

/** Whether trying again must wait still. */
export const waiting = (problem: View["problem"]): boolean =>
  problem?.kind === "tooMany" && problem.until !== undefined && problem.until > Date.now();

/** Whether it leads to nothing any more, whatever is tried. */
export const ended = (problem: View["problem"]): boolean =>
  problem?.kind === "revoked" ||
  problem?.kind === "expired" ||
  problem?.kind === "destroyed" ||
  problem?.kind === "replaced";

/** What went wrong and what to do, or nothing. */
export function problemBox(site: Site, problem: View["problem"]): HTMLElement | undefined {
  const { texts } = site;
  if (problem === undefined) return undefined;
  if (problem.kind === "missing") return box("error", texts.missing);
  const [title, remedy] =
    problem.kind === "tooMany"
      ? [texts.tooMany, later(site, problem.until)]
      : (
          {
            refused: [texts.wrong, texts.wrongHow],
            revoked: [texts.revoked, texts.endedHow],
            destroyed: [texts.destroyed, texts.endedHow],
            expired: [texts.expired, texts.endedHow],
            replaced: [texts.replaced, texts.replacedHow],
            unavailable: [texts.unavailable, texts.unavailableHow],
            offline: [texts.offline, texts.offlineHow],
          } as const
        )[problem.kind];
  return box("error", title, element("p", {}, remedy));
}

/** The minute is rounded up, so that whoever comes back at the time shown is never too early. */
function later({ texts }: Site, until: number | undefined): string {
  if (until === undefined) return texts.tooManyLater;
  const seconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  if (seconds < 60) return texts.tooManySeconds(seconds);
  const minutes = Math.ceil(seconds / 60);
  return texts.tooManyUntil(minutes, momentText(new Date(Math.ceil(until / 60_000) * 60_000).toISOString()).slice(-5));
}
