import { call } from "./call.ts";
import { element, type Child } from "./element.ts";
import { momentText } from "../shared/moment.ts";
import { box, button, elsewhere, ended, heading, problemBox, secret, waiting } from "./parts.ts";
import { emptySignIn, type Site, type ViewOf } from "./state.ts";
import { purposeOf } from "./texts.ts";

/**
 * 「ID およびパスワード通知」. Opening it asks nothing of the server, so that a mail scanner which
 * follows the link neither reads the secret nor leaves a reveal in the audit.
 */
export function noticePage(site: Site, view: ViewOf<"notice">): Child[] {
  const { texts } = site;
  if (view.revealed !== undefined) return [heading(texts.noticeTitle), ...revealed(site, view.revealed)];
  if (view.token === undefined)
    return [heading(texts.noticeTitle), box("warning", texts.noticeLost, element("p", {}, texts.noticeLostHow))];
  if (view.problem?.kind === "refused") return [heading(texts.noticeTitle), gone(site)];
  if (ended(view.problem)) return [heading(texts.noticeTitle), problemBox(site, view.problem)];
  return [
    heading(texts.noticeTitle),
    problemBox(site, view.problem),
    element("p", {}, texts.noticeAsk),
    element("p", {}, texts.noticeAlone),
    button(site, { id: "reveal", text: texts.reveal, blocked: waiting(view.problem) }, () => reveal(site, view)),
  ];
}

function reveal(site: Site, view: ViewOf<"notice">) {
  const { token } = view;
  if (token === undefined) return;
  site.work(async () => {
    const outcome = await call("revealNotice", site.language, { token });
    return outcome.ok
      ? { ...view, revealed: outcome.reply, problem: undefined }
      : { ...view, problem: outcome.failure };
  });
}

function gone({ texts }: Site) {
  const steps = texts.noticeGoneSteps.map((step) => element("li", {}, step));
  return box("error", texts.noticeGone, element("p", {}, texts.noticeGoneWhy), element("ol", {}, ...steps));
}

function revealed(site: Site, given: NonNullable<ViewOf<"notice">["revealed"]>): Child[] {
  const { texts } = site;
  const { id, password } = given;
  const onwards = (event: Event) => {
    // A new tab is a page of its own and starts empty; only a plain click keeps what is in memory.
    if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    event.preventDefault();
    site.address("/");
    site.show({ ...emptySignIn, typed: { id, password } });
  };
  return [
    element(
      "section",
      { class: "card" },
      secret(site, { id: "secret-id", label: texts.id, value: id, copy: texts.copyId }),
      secret(site, {
        id: "secret-password",
        label: texts.passwordName,
        value: password,
        copy: texts.copyPassword,
      }),
      element("p", { class: "small" }, texts.shownUntil(momentText(given.until))),
    ),
    box("warning", texts.keepSecret, element("p", {}, texts.neededAgain)),
    elsewhere(site, given) ?? element("p", {}, texts.forDevice(purposeOf(given, site.language))),
    element("a", { id: "onwards", class: "button primary", href: "/", on: { click: onwards } }, texts.toDownload),
  ];
}
