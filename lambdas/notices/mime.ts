import MailComposer from "nodemailer/lib/mail-composer/index.js";

export type Address = { readonly name: string; readonly address: string };

export type Letter = {
  readonly from: Address;
  readonly to: Address;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** The composer folds and quotes what it finds in an address, so an address with more than one in it must not come so far. */
function checked({ name, address }: Address): Address {
  if (!/^[!-;=?-~]+@[!-;=?-~]+$/.test(address)) throw new TypeError(`${JSON.stringify(address)} is no mail address`);
  return { name, address };
}

/** A text's lines end in CRLF (RFC 2046 §4.1.1); the composer encodes a part as it is. */
const inCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

/**
 * A letter as a MIME message, in ASCII: the same in plain text and in HTML (RFC 2046 §5.1.4). Nothing in a name or
 * subject can end a line. What answers mail by itself is asked not to (RFC 3834 §5). Throws TypeError for an address
 * that is not a single plain one.
 */
export const mimeOf = ({ from, to, subject, text, html }: Letter, now: Date): Promise<Buffer> =>
  new MailComposer({
    from: checked(from),
    to: checked(to),
    subject,
    date: now,
    headers: { "Auto-Submitted": "auto-generated" },
    text: inCrlf(text),
    html: inCrlf(html),
    // Japanese in quoted-printable is twice as long.
    textEncoding: "base64",
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
