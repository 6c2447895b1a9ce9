/** An element of a parsed document: its local name, its text with its children's, its child elements. */
export type Element = {
  readonly name: string;
  readonly text: string;
  readonly children: readonly Element[];
};

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return entities[name ?? ""] ?? whole;
  });

/** Text as XML content or attribute value. */
export const escapeXml = (text: string): string =>
  text.replace(/[<>&"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * Parses the small documents that the AWS SDK sends: elements and text, no DTD; attributes are ignored. Returns the
 * root, or undefined for any other document.
 */
export const parseXml = (source: string): Element | undefined => {
  type Open = { name: string; text: string; children: Element[] };
  const stack: Open[] = [{ name: "", text: "", children: [] }];
  for (const [, close, name, empty, text] of source
    .replace(/^\uFEFF?\s*<\?[^>]*\?>/, "")
    .matchAll(/<(\/?)(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*?)?(\/?)>|([^<]+|<)/g)) {
    const top = stack.at(-1);
    if (top === undefined || text === "<") return undefined;
    if (text !== undefined) top.text += unescape(text);
    else if (close === "/") {
      if (top.name !== name || stack.length === 1) return undefined;
      stack.pop();
      stack.at(-1)?.children.push(top);
    } else {
      const element = { name: name ?? "", text: "", children: [] };
      if (empty === "/") top.children.push(element);
      else stack.push(element);
    }
  }
  const [document] = stack;
  return stack.length === 1 && document?.children.length === 1 ? document.children[0] : undefined;
};

/** The children of that name. */
export const childrenOf = (element: Element, name: string): readonly Element[] =>
  element.children.filter((child) => child.name === name);

/** The text of the first child of that name. */
export const textOf = (element: Element, name: string): string | undefined => childrenOf(element, name)[0]?.text;

/** Content of an element to write: text, nested elements, or several of the same name. `undefined` is left out. */
export type Content = string | number | boolean | undefined | { readonly [name: string]: Content } | readonly Content[];

/** Writes one element (or one per entry of a list). */
const element = (name: string, content: Content): string => {
  if (content === undefined) return "";
  if (Array.isArray(content)) return (content as readonly Content[]).map((one) => element(name, one)).join("");
  if (typeof content !== "object") return `<${name}>${escapeXml(String(content))}</${name}>`;
  const inner = Object.entries(content).map(([child, value]) => element(child, value));
  return `<${name}>${inner.join("")}</${name}>`;
};

/** A whole document, in its namespace if it has one. */
export const xmlDocument = (name: string, namespace: string | undefined, content: Content): string => {
  const root = element(name, content);
  const placed = namespace === undefined ? root : root.replace(`<${name}>`, `<${name} xmlns="${namespace}">`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${placed}`;
};
