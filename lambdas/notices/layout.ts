/** A piece of a mail in both its forms; a mail is a list of them. */
export type Part = {
  readonly text: string;
  readonly html: string;
  /** In text, what comes next follows without an empty line. */
  readonly tight?: true;
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? "");

const style = {
  body: "margin:0;padding:24px 16px;background:#f4f5f7;color:#1b2330;font-family:system-ui,'Hiragino Sans','Noto Sans JP','Yu Gothic UI',Meiryo,sans-serif;font-size:16px;line-height:1.7",
  sheet: "max-width:640px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #c6ccd6;border-radius:8px",
  p: "margin:0 0 16px",
  warning: "margin:0 0 16px;padding:12px 16px;background:#fff6e0;border-left:4px solid #8a5a00",
  heading: "margin:24px 0 8px;font-size:18px;line-height:1.4",
  list: "margin:0 0 16px;padding-left:24px",
  item: "margin:0 0 8px",
  table: "width:100%;margin:0 0 16px;border-collapse:collapse",
  caption: "padding:0 0 4px;font-weight:bold;text-align:left",
  term: "width:40%;padding:6px 12px 6px 0;border-top:1px solid #c6ccd6;text-align:left;vertical-align:top;font-weight:normal;font-size:14px;color:#566073",
  value: "padding:6px 0;border-top:1px solid #c6ccd6;vertical-align:top;word-break:break-word",
  link: "color:#17458f;word-break:break-all",
  signature: "margin:24px 0 0;padding-top:16px;border-top:1px solid #c6ccd6;color:#566073;font-size:14px",
} as const;

const tag = (name: string, look: keyof typeof style, inner: string, more = "") =>
  `<${name}${more} style="${style[look]}">${inner}</${name}>`;

/** The address itself is shown, so that a reader sees where the link leads. */
const anchor = (url: string) =>
  /^https?:\/\//.test(url) ? tag("a", "link", escaped(url), ` href="${escaped(url)}"`) : escaped(url);

/** A paragraph; its line breaks are kept. */
export const words = (text: string): Part => ({
  text,
  html: tag("p", "p", escaped(text).replaceAll("\n", "<br>")),
});
/** What must not be overlooked, behind its language's mark. */
export const warning = (mark: string, text: string): Part => ({
  text: `${mark} ${text}`,
  html: tag("p", "warning", escaped(text)),
});
export const heading = (text: string): Part => ({
  tight: true,
  text: `■ ${text}`,
  html: tag("h2", "heading", escaped(text)),
});

export const link = (label: string, url: string): Part => ({
  text: `${label}\n${url}`,
  html: tag("p", "p", `${escaped(label)}<br>${anchor(url)}`),
});

/** Numbered steps. */
export const steps = (...items: readonly string[]): Part => ({
  text: items.map((item, index) => `${index + 1}. ${item}`).join("\n"),
  html: tag("ol", "list", items.map((item) => tag("li", "item", escaped(item))).join("")),
});

/** A titled list of terms and values. */
export function terms(title: string, rows: readonly (readonly [term: string, value: string])[]): Part {
  const lines = rows.map(
    ([term, value]) =>
      `<tr>${tag("th", "term", escaped(term), ' scope="row"')}${tag("td", "value", escaped(value))}</tr>`,
  );
  return {
    text: [`[${title}]`, ...rows.map(([term, value]) => `  ${term}: ${value}`)].join("\n"),
    html: tag("table", "table", `${tag("caption", "caption", escaped(title))}<tbody>${lines.join("")}</tbody>`),
  };
}

/** A count for people: `3,000`. */
export const grouped = (count: number): string => count.toLocaleString("en-US");

const rule = "-".repeat(60);
export const signature = (...lines: readonly string[]): Part => ({
  text: [rule, ...lines, rule].join("\n"),
  html: tag("p", "signature", lines.map(escaped).join("<br>")),
});

/** The plain-text part; lines end in LF, which the mail's encoder turns into CRLF. */
export const plainText = (parts: readonly Part[]): string =>
  parts
    .map(({ text, tight }) => text + (tight ? "\n" : "\n\n"))
    .join("")
    .trimEnd() + "\n";

/** The HTML part: no images, no style sheet, nothing loaded from anywhere. */
export function markup(language: string, subject: string, parts: readonly Part[]): string {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title>`;
  const main = tag("div", "sheet", parts.map(({ html }) => html).join("\n"), ' role="main"');
  return `<!doctype html>\n<html lang="${language}"><head>${head}</head>\n${tag("body", "body", main)}</html>\n`;
}
