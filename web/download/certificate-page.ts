import { call } from "./call.ts";
import { element, webAddress, type Child } from "./element.ts";
import { dateText } from "../shared/moment.ts";
import { beforeAt, box, button, elsewhere, ended, heading, outside, problemBox, secret, waiting } from "./parts.ts";
import { emptySignIn, type Site, type ViewOf } from "./state.ts";
import { installationSteps, type Step } from "./steps.ts";
import { deviceName, purposeOf } from "./texts.ts";

type CertificateView = ViewOf<"certificate">;

/** 「証明書ダウンロード画面」: whose certificate, the file, and how to install it on that device. */
export function certificatePage(site: Site, view: CertificateView): Child[] {
  const { texts } = site;
  const { certificate } = view;
  const whose = element("section", { class: "card", "aria-labelledby": "kind" }, ...facts(site, view));
  const finish = button(site, { id: "finish", text: texts.finish, kind: "plain" }, () => site.show(emptySignIn));
  if (ended(view.problem)) return [heading(texts.certificateTitle), problemBox(site, view.problem), whose, finish];
  return [
    heading(texts.certificateTitle),
    element("p", {}, texts.certificateAsk),
    whose,
    elsewhere(site, certificate),
    problemBox(site, view.problem),
    button(site, { id: "download", text: texts.download, blocked: waiting(view.problem) }, () => download(site, view)),
    started(site, view),
    password(site, view),
    element("h2", {}, texts.stepsTitle(deviceName(certificate.device, site.language))),
    element(
      "ol",
      { class: "steps" },
      ...installationSteps({ ...certificate, ...site }).map((step) => stepItem(site, step)),
    ),
    element("p", { class: "small" }, texts.keepFile),
    finish,
  ];
}

function facts({ texts, language }: Site, { certificate, problem }: CertificateView): Child[] {
  const names =
    language === "ja"
      ? { holder: certificate.name, company: certificate.companyName }
      : { holder: certificate.englishName, company: certificate.companyEnglishName };
  const rows: readonly (readonly [string, ...Child[]])[] = [
    [texts.holder, names.holder],
    [texts.company, names.company],
    [texts.certificateEmail, ...beforeAt(certificate.certificateEmail)],
    [texts.device, purposeOf(certificate, language)],
    [texts.notAfter, dateText(certificate.notAfter)],
    [texts.fileName, certificate.fileName],
  ];
  const title = certificate.holder === "administrator" ? texts.administratorCertificate : texts.subscriberCertificate;
  return [
    element("h2", { id: "kind" }, title),
    element(
      "dl",
      {},
      ...rows.map(([term, ...value]) => element("div", {}, element("dt", {}, term), element("dd", {}, ...value))),
    ),
    certificate.status === "downloaded" && !ended(problem) && element("p", { class: "small" }, texts.downloadedBefore),
  ];
}

function download(site: Site, view: CertificateView) {
  site.work(async () => {
    const outcome = await call("downloadCertificate", site.language, view.credential);
    if (!outcome.ok) return { ...view, link: undefined, problem: outcome.failure };
    const url = webAddress(outcome.reply.url);
    if (url === undefined) return { ...view, link: undefined, problem: { kind: "unavailable" } };
    // The answer is an attachment: the browser saves it and this page stays.
    location.assign(url);
    const until = Date.now() + outcome.reply.seconds * 1000;
    return { ...view, link: { ...outcome.reply, url, until }, problem: undefined };
  });
}

function started(site: Site, view: CertificateView) {
  const { texts } = site;
  const { link } = view;
  if (link === undefined) return undefined;
  const follow = (event: Event) => {
    if (Date.now() < link.until) return;
    event.preventDefault();
    download(site, view);
  };
  return box(
    "done",
    texts.started(link.fileName),
    element("p", {}, texts.next),
    element(
      "p",
      { class: "small" },
      element(
        "a",
        { id: "link", href: link.url, rel: "noreferrer", on: { click: follow } },
        texts.notStarted(link.seconds),
      ),
    ),
  );
}

/** The devices ask for the password while they import the file: here it can be read and copied again. */
function password(site: Site, view: CertificateView) {
  const { texts } = site;
  return element(
    "section",
    { class: "card" },
    element("h2", {}, texts.installPassword),
    element("p", { class: "small" }, texts.installPasswordWhy),
    view.shown &&
      secret(site, {
        id: "secret-password",
        label: texts.passwordName,
        value: view.credential.password,
        copy: texts.copyPassword,
      }),
    button(
      site,
      {
        id: "password-shown",
        text: view.shown ? texts.hide : texts.show,
        kind: "plain",
        expanded: view.shown,
      },
      () => site.show({ ...view, shown: !view.shown }),
    ),
  );
}

function stepItem(site: Site, step: Step) {
  const link = step.repository === true && outside(site, site.repositoryUrl, site.texts.repository);
  return element(
    "li",
    {},
    step.text,
    step.note !== undefined && element("p", { class: "note" }, step.note),
    link && element("p", { class: "note" }, link),
  );
}
