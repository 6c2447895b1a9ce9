import { folded } from "../../lambdas/contract/folded.ts";
import { call } from "./call.ts";
import { element, type Child } from "./element.ts";
import { beforeAt, button, ended, heading, problemBox, waiting } from "./parts.ts";
import { type Credential, emptySignIn, type Site, type ViewOf } from "./state.ts";

/** 「証明書ダウンロード ログイン画面」. */
export function signInPage(site: Site, given: ViewOf<"sign-in">): Child[] {
  const { texts } = site;
  if (ended(given.problem)) return [heading(texts.signInTitle), problemBox(site, given.problem), ...other(site, given)];
  // What is typed is kept outside what is drawn: drawing again at every letter would break input methods.
  let view = given;
  const type = (change: Partial<Credential>) => {
    view = { ...view, typed: { ...view.typed, ...change } };
    site.keep(view);
  };
  const field = (name: keyof Credential, label: string, attributes: Record<string, string>) => {
    const input = element("input", {
      id: name,
      name,
      required: true,
      maxlength: "256",
      autocapitalize: "none",
      autocorrect: "off",
      spellcheck: "false",
      "aria-invalid": (given.problem?.kind === "missing" || given.problem?.kind === "refused") && "true",
      ...attributes,
      value: given.typed[name],
      on: { input: () => type({ [name]: input.value }) },
    });
    return {
      input,
      row: element("div", { class: "field" }, element("label", { for: name }, label), input),
    };
  };
  const id = field("id", texts.id, { type: "text", autocomplete: "username", inputmode: "email" });
  const password = field("password", texts.password, {
    type: given.shown ? "text" : "password",
    autocomplete: "current-password",
  });
  const toggle = element("input", {
    id: "shown",
    type: "checkbox",
    checked: given.shown,
    on: {
      change: () => {
        password.input.type = toggle.checked ? "text" : "password";
        view = { ...view, shown: toggle.checked };
        site.keep(view);
      },
    },
  });
  const blocked = waiting(given.problem);
  const submit = (event: Event) => {
    event.preventDefault();
    // A password manager may fill the fields without an input event.
    type({ id: id.input.value, password: password.input.value });
    if (!site.busy && !blocked) signIn(site, view);
  };
  return [
    heading(texts.signInTitle),
    problemBox(site, given.problem),
    element(
      "form",
      { method: "post", novalidate: true, class: "card", on: { submit } },
      element("p", {}, texts.signInAsk),
      id.row,
      password.row,
      element("p", { class: "tick" }, toggle, element("label", { for: "shown" }, texts.showPassword)),
      button(site, { id: "sign-in", text: texts.signIn, submit: true, blocked }),
    ),
  ];
}

/** Whose certificate it was, for whoever is asked about it, and the way to another one. */
function other(site: Site, { typed }: ViewOf<"sign-in">): Child[] {
  const { texts } = site;
  return [
    element("p", {}, texts.askWithId, element("br"), ...beforeAt(folded(typed.id))),
    button(site, { id: "other", text: texts.otherId, kind: "plain" }, () => site.show(emptySignIn)),
  ];
}

function signIn(site: Site, view: ViewOf<"sign-in">) {
  const credential = { id: folded(view.typed.id), password: folded(view.typed.password) };
  if (credential.id === "" || credential.password === "") {
    site.show({ ...view, problem: { kind: "missing" } });
    return;
  }
  site.work(async () => {
    const outcome = await call("signIn", site.language, credential);
    if (!outcome.ok) return { ...view, problem: outcome.failure };
    return {
      page: "certificate",
      credential,
      shown: false,
      certificate: outcome.reply,
      link: undefined,
      problem: undefined,
    };
  });
}
