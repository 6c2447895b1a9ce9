import "./style.css";
import { call } from "./call.ts";
import { certificatePage } from "./certificate-page.ts";
import { element, type Child } from "./element.ts";
import { noticePage } from "./notice-page.ts";
import { signInPage } from "./sign-in-page.ts";
import { emptyNotice, emptySignIn, type Site, type View } from "./state.ts";
import { browserLanguage, type Language } from "../shared/texts.ts";
import { languages, texts } from "./texts.ts";

const drawn = element("div");
const status = element("p", { role: "status", class: "unseen" });
document.getElementById("app")?.append(drawn, status);

let language: Language = browserLanguage();
let brand = "";
let repositoryUrl: string | undefined;
let busy = false;
/** Rises with every view shown, so that a late answer does not take the reader back. */
let visit = 0;
let view: View = opened();
/** The notice that the reader went on from, for the way back. */
let left: View = emptyNotice;
let alarm: ReturnType<typeof setTimeout> | undefined;
let quiet: ReturnType<typeof setTimeout> | undefined;

/** The view that this address asks for. A notice's token leaves the address, and so the history, immediately. */
function opened(): View {
  if (location.pathname !== "/notice") return emptySignIn;
  const token = location.hash.slice(1);
  if (token === "") return emptyNotice;
  history.replaceState(null, "", "/notice");
  return { ...emptyNotice, token };
}

const titles = {
  notice: "noticeTitle",
  "sign-in": "signInTitle",
  certificate: "certificateTitle",
} as const;

function page(site: Site): Child[] {
  if (view.page === "notice") return noticePage(site, view);
  return view.page === "sign-in" ? signInPage(site, view) : certificatePage(site, view);
}

function draw() {
  const site: Site = {
    language,
    texts: texts[language],
    brand,
    repositoryUrl,
    busy,
    show,
    keep,
    work,
    address,
    say,
  };
  document.documentElement.lang = language;
  document.title = [site.texts[titles[view.page]], brand].filter((part) => part !== "").join(" | ");
  const focused = document.activeElement?.id ?? "";
  drawn.replaceChildren(
    element(
      "header",
      {},
      element("p", { class: "brand" }, brand),
      element(
        "div",
        { class: "languages", role: "group", "aria-label": site.texts.languages },
        ...languages.map(choice),
      ),
    ),
    element("main", {}, ...page(site)),
  );
  // The pages are drawn again; the focused control keeps the focus.
  if (focused !== "") document.getElementById(focused)?.focus();
  const until = view.problem?.kind === "tooMany" ? view.problem.until : undefined;
  clearTimeout(alarm);
  if (until !== undefined && until > Date.now())
    alarm = setTimeout(() => show({ ...view, problem: undefined }), until - Date.now());
}

function choice(of: Language) {
  const choose = () => {
    language = of;
    // What was said is in the other language.
    tell("");
    draw();
  };
  return element(
    "button",
    {
      id: `language-${of}`,
      type: "button",
      lang: of,
      "aria-pressed": String(of === language),
      on: { click: choose },
    },
    { ja: "日本語", en: "English" }[of],
  );
}

function keep(next: View) {
  view = next;
}

function show(next: View) {
  const moved = next.page !== view.page;
  if (next === emptySignIn) left = emptyNotice;
  else if (moved && view.page === "notice") left = view;
  const told = next.problem !== undefined && next.problem !== view.problem;
  const fetched = next.page === "certificate" && view.page === "certificate" && next.link !== view.link && next.link;
  view = next;
  visit += 1;
  tell(fetched ? texts[language].started(fetched.fileName) : "");
  draw();
  if (moved) {
    scrollTo(0, 0);
    document.getElementById("heading")?.focus();
  } else if (told) document.getElementById("problem")?.focus();
}

function work(run: () => Promise<View>) {
  busy = true;
  draw();
  tell(texts[language].busy);
  void finish(run, visit);
}

async function finish(run: () => Promise<View>, begun: number) {
  const next = await run();
  busy = false;
  // Whoever went back meanwhile is not pulled forward again.
  if (visit === begun) show(next);
  else {
    tell("");
    draw();
  }
}

function address(path: "/" | "/notice") {
  history.pushState(null, "", path);
}

/** Shows a short thing over the page, where nothing on the page itself does, and says it to a screen reader. */
function say(text: string) {
  tell(text);
  status.className = "status";
}

/**
 * Says to a screen reader what the page shows by itself. A live region must stay in the document and only change its
 * text; it goes quiet again by itself.
 */
function tell(text: string) {
  status.className = "unseen";
  status.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => (status.textContent = ""), 6000);
}

/** Back and forward, or another notice's link opened in this tab. */
function arrive() {
  const next = opened();
  show(next === emptyNotice ? left : next);
}
addEventListener("popstate", arrive);
// A link opened in this tab brings both events; by the second the token has left the address.
addEventListener("hashchange", () => {
  if (location.hash !== "") arrive();
});

draw();
void call("getBrand", language).then((outcome) => {
  if (!outcome.ok) return;
  ({ brand, repositoryUrl } = outcome.reply);
  draw();
});
