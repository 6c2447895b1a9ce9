import type { Language } from "./language.ts";

/** What a page says in one language: what happened, and what to do about it, in order. */
export type Said = {
  readonly title: string;
  readonly what: string;
  readonly steps?: readonly string[];
  /** What the link to the site's first page is called. */
  readonly home?: string;
};

/** What a page says, in both languages. */
export type ErrorWords = Readonly<Record<Language, Said>>;

/** For an address with nothing behind it. */
export const missingWords: ErrorWords = {
  ja: {
    title: "ページが見つかりません",
    what: "URL が途中で切れているか、正しくありません。案内メールの URL が途中で改行されていないかを確認し、URL 全体を開いてください。",
    home: "このサイトの最初の画面を開く",
  },
  en: {
    title: "Page not found",
    what: "The address is incomplete or wrong. Check that the link in the mail is not broken over two lines, and open all of it.",
    home: "Open the first page of this site",
  },
};

export const errorPageStyle = `:root{color-scheme:light dark}
body{margin:0;background:#f4f5f7;color:#1b2330;font:1rem/1.7 system-ui,-apple-system,"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,sans-serif;overflow-wrap:anywhere;line-break:strict}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}
section{margin:0 0 1.25rem;padding:1.25rem 1rem;border:1px solid #c6ccd6;border-radius:.5rem;background:#fff}
h1,h2{margin:0 0 .75rem;line-height:1.4;word-break:auto-phrase}
h1{font-size:1.375rem}
h2{font-size:1.125rem}
p,ol{margin:0 0 1rem}
ol{padding-left:1.5rem}
section>:last-child{margin-bottom:0}
a{color:#17458f}
@media(prefers-color-scheme:dark){body{background:#12161d;color:#e9ecf2}section{border-color:#3a4352;background:#1b212b}a{color:#8ab4f8}}
@media(min-width:40rem){main{padding-top:3rem}section{padding:1.5rem 2rem}}`;

/** Base64 SHA-256 of the style: all that the page's policy lets in. */
export const errorPageStyleHash = "xPof6zHI8L3fJMBcOTgRSF12xXUqnXFvqkXUEA3KfWw=";

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

function section({ title, what, steps = [], home }: Said, language: Language, level: 1 | 2): string {
  return [
    `<section lang="${language}">`,
    `<h${level}>${escaped(title)}</h${level}>`,
    `<p>${escaped(what)}</p>`,
    ...(steps.length > 0 ? [`<ol>${steps.map((step) => `<li>${escaped(step)}</li>`).join("")}</ol>`] : []),
    ...(home === undefined ? [] : [`<p><a href="/">${escaped(home)}</a></p>`]),
    "</section>",
  ].join("\n");
}

/**
 * A page for whoever meets an error in a browser, in both languages: who answers may not know the reader's. It needs
 * no script and no other file, and brings its own policy, because API Gateway cannot send a header that holds quotes.
 */
export const errorPage = ({ ja, en }: ErrorWords): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${errorPageStyleHash}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>${escaped(`${ja.title} / ${en.title}`)}</title>
<style>${errorPageStyle}</style>
</head><body><main>
${section(ja, "ja", 1)}
${section(en, "en", 2)}
</main></body></html>
`;
