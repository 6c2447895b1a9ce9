import { escapeXml } from "../xml.ts";
import type { MailPage, NumberedMail } from "./mails.ts";

const style = `
:root { color-scheme: light dark; --line: light-dark(#d9dee5, #3a4149); --soft: light-dark(#5b6673, #9aa5b1); }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; font: 1rem/1.5 system-ui, "Noto Sans JP", "Noto Sans CJK JP", sans-serif }
header { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; justify-content: space-between }
h1 { font-size: 1.4rem; margin: 0; overflow-wrap: anywhere } h1 small, h2 small { font-weight: 400 }
form { display: flex; flex-wrap: wrap; gap: .5rem; flex: 1; justify-content: end } input { flex: 0 1 24rem; min-width: 0 }
input, button, .button { font: inherit; padding: .35rem .7rem; border: 1px solid var(--line); border-radius: .4rem }
.button { text-decoration: none; color: inherit }
ol { list-style: none; margin: 1.25rem 0; padding: 0; border-top: 1px solid var(--line) }
li a { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 1rem; padding: .7rem .25rem; color: inherit;
  text-decoration: none; border-bottom: 1px solid var(--line) }
li a:hover strong, li a:focus-visible strong { text-decoration: underline }
li:not(.unread) strong { font-weight: 400 } .unread strong::before { content: "●" / "未読 Unread"; margin-right: .4rem; color: light-dark(#0b65c2, #6db3ff) }
nav { display: flex; gap: .5rem; align-items: center; margin: 1rem 0 } strong, small { overflow-wrap: anywhere } li small { grid-column: 1 / -1 } time { white-space: nowrap } small, dt, time { color: var(--soft) }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
iframe { width: 100%; height: 60vh; border: 1px solid var(--line); border-radius: .4rem; background: #fff }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 1rem; border: 1px solid var(--line); border-radius: .4rem }
h2 { font-size: 1rem; margin: 1.5rem 0 .5rem }
`;

const page = (title: string, body: string): string => `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(title)}</title><style>${style}</style></head><body>${body}</body></html>`;

/** Japan's wall clock, as on the pages that the mails lead to. */
const time = (date: string): string => {
  const inJapan = new Date(Date.parse(date) + 9 * 3_600_000).toISOString();
  return `<time datetime="${date}">${inJapan.slice(0, 16).replaceAll("-", "/").replace("T", " ")}</time>`;
};

/** Shows new mails every five seconds, without disturbing what is being typed. */
export const refreshing = `
setInterval(async () => {
  if (document.hidden) return;
  const response = await fetch(location.href).catch(() => undefined);
  if (!response?.ok) return;
  const next = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main");
  const main = document.querySelector("main");
  if (next && main.innerHTML !== next.innerHTML && !main.contains(document.activeElement)) main.replaceWith(next);
}, 5000);
`;

const count = (mails: number): string => mails.toLocaleString("en");

/** A page of the list, newest first, with a field to narrow it to one recipient. */
export const listPage = ({ mails, newer, older }: MailPage, to: string | undefined): string => {
  const rows = mails.map(
    ({ id, subject, to: recipients, date, unread }) =>
      `<li${unread ? ' class="unread"' : ""}><a href="/message/${id}"><strong>${escapeXml(subject || "（件名なし）")}</strong>${time(date)}<small>${escapeXml(recipients)}</small></a></li>`,
  );
  const empty =
    to === undefined
      ? "メールはまだありません。No mail yet."
      : `${escapeXml(to)} 宛てのメールはありません。No mail to this address.`;
  const here = (before?: number): string => {
    const query = new URLSearchParams({
      ...(to === undefined ? {} : { to }),
      ...(before === undefined ? {} : { before: String(before) }),
    });
    return escapeXml(query.size === 0 ? "/" : `/?${query.toString()}`);
  };
  const last = mails.at(-1);
  const total = newer + mails.length + older;
  const shown = `${count(newer + 1)}–${count(newer + mails.length)} / 全 ${count(total)} 通 <small>of ${count(total)} mails</small>`;
  const links = [
    newer === 0 ? "" : `<a class="button" href="${here()}">最新 Newest</a>`,
    older === 0 || last === undefined ? "" : `<a class="button" href="${here(last.id)}">以前 Older</a>`,
  ];
  const navigation = (label: string): string =>
    `<nav aria-label="${label}"><span>${shown}</span>${links.join("")}</nav>`;
  const list = `${navigation("ページ Pages")}<ol>${rows.join("")}</ol>`;
  // Below the list too, but only where it leads to another page.
  const below = newer + older === 0 ? "" : navigation("ページ（下） Pages, below");
  return page(
    "受信メール Mailbox",
    `<header><h1>受信メール <small>Mailbox</small></h1><form action="/"><input type="email" name="to" placeholder="宛先メールアドレス Recipient" ` +
      `aria-label="宛先メールアドレス Recipient" value="${escapeXml(to ?? "")}"><button>表示</button>` +
      `<a class="button" href="${here()}">更新</a></form></header>` +
      `<main>${rows.length === 0 ? `<p>${empty}</p>` : `${list}${below}`}</main>` +
      `<script>${refreshing}</script>`,
  );
};

/** One mail: its HTML part in a frame without scripts or an origin, whose links open beside it, and its text part. */
export const messagePage = ({ from, to, subject, text, html, date }: NumberedMail): string => {
  const framed = escapeXml(`<base target="_blank">${html}`);
  const sandbox = "allow-popups allow-popups-to-escape-sandbox";
  const frame = `<h2>HTML 形式</h2><iframe title="HTML 形式の本文" sandbox="${sandbox}" srcdoc="${framed}"></iframe>`;
  return page(
    subject,
    `<header><h1>${escapeXml(subject || "（件名なし）")}</h1><a class="button" href="/">一覧へ戻る</a></header><main>` +
      `<dl><dt>差出人 From</dt><dd>${escapeXml(from)}</dd><dt>宛先 To</dt><dd>${escapeXml(to)}</dd>` +
      `<dt>日時 Date</dt><dd>${time(date)}（日本時間）</dd></dl>${html === "" ? "" : frame}` +
      `${text === "" ? "" : `<h2>テキスト形式</h2><pre>${escapeXml(text)}</pre>`}</main>`,
  );
};
