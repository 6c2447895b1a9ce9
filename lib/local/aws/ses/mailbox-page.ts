import { escapeXml } from "../xml.ts";
import type { NumberedMail } from "./mails.ts";

const style = `
:root { color-scheme: light dark; --line: light-dark(#d9dee5, #3a4149); --soft: light-dark(#5b6673, #9aa5b1); }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: space-between }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere }
form { display: flex; flex-wrap: wrap; gap: .5rem } input { min-width: 0 }
input, button, .button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: .4rem }
.button { text-decoration: none; color: inherit }
ol { list-style: none; margin: 1.25rem 0; padding: 0; border-top: 1px solid var(--line) }
li a { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .7rem .25rem; color: inherit;
  text-decoration: none; border-bottom: 1px solid var(--line) }
li a:hover strong, li a:focus-visible strong { text-decoration: underline }
strong { overflow-wrap: anywhere } small, dt, time { color: var(--soft) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: .4rem; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .4rem }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

const time = (date: string): string => `<time datetime="${date}">${date.slice(0, 19).replace("T", " ")} UTC</time>`;

/** The newest mails, newest first, with a field to narrow them to one recipient. */
export const listPage = (mails: readonly NumberedMail[], to: string | undefined): string => {
  const rows = mails.map(
    ({ id, subject, to: recipients, date }) =>
      `<li><a href="/message/${id}"><strong>${escapeXml(subject || "(no subject)")}</strong>${time(date)}` +
      `<small>${escapeXml(recipients)}</small></a></li>`,
  );
  const empty = to === undefined ? "No mail yet." : `No mail to ${escapeXml(to)}.`;
  const here = to === undefined ? "/" : `/?to=${encodeURIComponent(to)}`;
  return page(
    "Mailbox",
    `<header><h1>Mailbox</h1><form action="/"><input type="email" name="to" placeholder="Recipient" ` +
      `aria-label="Recipient" value="${escapeXml(to ?? "")}"><button>Show</button>` +
      `<a class="button" href="${escapeXml(here)}">Refresh</a></form></header>` +
      `<main>${rows.length === 0 ? `<p>${empty}</p>` : `<ol>${rows.join("")}</ol>`}</main>`,
  );
};

/** One mail: its HTML part in a frame without scripts or an origin, whose links open beside it, and its text part. */
export const messagePage = ({ from, to, subject, text, html, date }: NumberedMail): string => {
  const framed = escapeXml(`<base target="_blank">${html}`);
  const sandbox = "allow-popups allow-popups-to-escape-sandbox";
  const frame = `<h2>HTML</h2><iframe title="HTML part" sandbox="${sandbox}" srcdoc="${framed}"></iframe>`;
  return page(
    subject,
    `<header><h1>${escapeXml(subject || "(no subject)")}</h1><a class="button" href="/">All mail</a></header><main>` +
      `<dl><dt>From</dt><dd>${escapeXml(from)}</dd><dt>To</dt><dd>${escapeXml(to)}</dd>` +
      `<dt>Date</dt><dd>${time(date)}</dd></dl>${html === "" ? "" : frame}` +
      `${text === "" ? "" : `<h2>Text</h2><pre>${escapeXml(text)}</pre>`}</main>`,
  );
};
