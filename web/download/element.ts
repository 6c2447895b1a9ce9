type Listener = (event: Event) => void;

/** What an element may be given. `on` takes listeners, `value` and `checked` are properties, the rest become attributes. */
export type Attributes = {
  readonly on?: Readonly<Record<string, Listener>>;
  readonly value?: string;
  readonly checked?: boolean;
  readonly [attribute: string]: string | boolean | undefined | Readonly<Record<string, Listener>>;
};

/** A child that is `undefined` or `false` is left out, so that a page can say `failure && alert(…)`. */
export type Child = Node | string | undefined | false;

/**
 * Builds one element. Text goes in as text nodes only, so a name from the server can never become
 * markup and the page needs no Trusted Types policy.
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "object") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (name === "value" && made instanceof HTMLInputElement) made.value = String(value);
    else if (name === "checked" && made instanceof HTMLInputElement) made.checked = value === true;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** A link's address, only when it is a web address: the page never follows `javascript:` or a file. */
export function webAddress(given: string | undefined): string | undefined {
  if (given === undefined || !URL.canParse(given)) return undefined;
  const { protocol, href } = new URL(given);
  return protocol === "https:" || protocol === "http:" ? href : undefined;
}
