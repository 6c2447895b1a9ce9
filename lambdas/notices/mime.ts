import { randomUUID } from "node:crypto";

export type Address = { readonly name: string; readonly address: string };

export type Letter = {
  readonly from: Address;
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** Octets of an encoded word's text: in base64, and behind the longest header's name, its line stays below 76. */
const wordOctets = 39;

/** What may stand in a header as it is; encoding it all the same looks like spam to some filters. */
const plain = /^(?!.*=\?)[ !#-[\]-~]{1,60}$/;

/** Other text in a header: as encoded words (RFC 2047 §2), each of whole characters, because a reader shows each by itself. */
function encodedWords(text: string): string {
  const words: string[] = [];
  let word = "";
  let octets = 0;
  for (const character of text) {
    const more = Buffer.byteLength(character);
    if (octets + more > wordOctets) {
      words.push(word);
      word = "";
      octets = 0;
    }
    word += character;
    octets += more;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString("base64")}?=`).join("\r\n ");
}

/** `"name" <address>` (RFC 5322 §3.4). Throws for an address that could not stand there as it is. */
function mailbox({ name, address }: Address): string {
  if (!/^[!-;=?-~]+@[!-;=?-~]+$/.test(address)) throw new TypeError(`${JSON.stringify(address)} is no mail address`);
  return `${plain.test(name) ? `"${name}"` : encodedWords(name)}\r\n <${address}>`;
}

/** In base64 lines of 76 (RFC 2045 §6.8). */
function base64Lines(text: string): string {
  const whole = Buffer.from(text).toString("base64");
  const lines: string[] = [];
  for (let at = 0; at < whole.length; at += 76) lines.push(whole.slice(at, at + 76));
  return lines.join("\r\n");
}

/** A part's content with CRLF, in base64: Japanese in quoted-printable is twice as long. */
const part = (type: string, content: string): string =>
  [
    `Content-Type: text/${type}; charset=utf-8`,
    "Content-Transfer-Encoding: base64",
    "",
    base64Lines(content.replace(/\r?\n/g, "\r\n")),
  ].join("\r\n");

/** `Sun, 22 Nov 2026 03:00:00 +0000` (RFC 5322 §3.3). */
const dateOf = (now: Date): string => now.toUTCString().replace(/GMT$/, "+0000");

/**
 * A letter as a MIME message, ASCII with CRLF: the same in plain text and in HTML (RFC 2046 §5.1.4). Nothing in a name
 * or subject can end a line. What answers mail by itself is asked not to (RFC 3834 §5).
 */
export function mimeOf({ from, to, subject, text, html }: Letter, now: Date): string {
  const id = randomUUID();
  const [, domain = ""] = from.address.split("@");
  return [
    `From: ${mailbox(from)}`,
    `To: ${mailbox(to)}`,
    `Subject: ${plain.test(subject) ? subject : encodedWords(subject)}`,
    `Date: ${dateOf(now)}`,
    `Message-ID: <${id}@${domain}>`,
    "Auto-Submitted: auto-generated",
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative;\r\n boundary="${id}"`,
    "",
    `--${id}`,
    part("plain", text),
    `--${id}`,
    part("html", html),
    `--${id}--`,
    "",
  ].join("\r\n");
}
