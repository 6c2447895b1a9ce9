import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import PostalMime from "postal-mime";

/** A mail as people and tests read it: decoded, bare addresses, `to` = its recipients joined by ', ', ISO 8601 date. */
export type Mail = {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: string;
};

/** A mail with its number in the mailbox, which rises with the time of acceptance. */
export type NumberedMail = Mail & { readonly id: number };

/** The accepted mails of a data folder, oldest first. */
export type Mails = {
  /** Stores a raw message with its envelope; its message id. An empty `to` stands for the recipients in its header. */
  accept(raw: Buffer, from: string | undefined, to: readonly string[], now: number): Promise<string>;
  /** To one recipient (in any case), or all. */
  list(to?: string): Promise<readonly Mail[]>;
  /** The newest, newest first. */
  latest(most: number, to?: string): Promise<readonly NumberedMail[]>;
  find(id: number): Promise<NumberedMail | undefined>;
  countSince(instant: number): number;
};

const schema = `
create table if not exists mails (id integer primary key autoincrement, message_id text not null, sender text not null,
  accepted_at integer not null, raw blob not null);
create table if not exists mail_recipients (mail integer not null references mails (id), address text not null,
  position integer not null, primary key (mail, position));
create index if not exists mails_to on mail_recipients (address collate nocase, mail);
`;

type Row = { id: number; sender: string; accepted_at: number; raw: Uint8Array };

/** Opens the mails stored in `database`. */
export const openMails = (database: DatabaseSync, atomically: <Result>(work: () => Result) => Result): Mails => {
  database.exec(schema);
  const insert = database.prepare("insert into mails (message_id, sender, accepted_at, raw) values (?, ?, ?, ?)");
  const address = database.prepare("insert into mail_recipients (mail, address, position) values (?, ?, ?)");
  const recipients = database.prepare("select address from mail_recipients where mail = ? order by position");
  const theirs = `id in (select mail from mail_recipients where address = ? collate nocase)`;
  const all = database.prepare("select * from mails order by id");
  const allTo = database.prepare(`select * from mails where ${theirs} order by id`);
  const newest = database.prepare("select * from mails order by id desc limit ?");
  const newestTo = database.prepare(`select * from mails where ${theirs} order by id desc limit ?`);
  const one = database.prepare("select * from mails where id = ?");
  const count = database.prepare("select count(*) as mails from mails where accepted_at >= ?");

  const decode = async (row: Row): Promise<NumberedMail> => {
    const { subject, text, html, date } = await PostalMime.parse(row.raw);
    const sent = Date.parse(date ?? "");
    return {
      id: row.id,
      from: row.sender,
      to: (recipients.all(row.id) as { address: string }[]).map((to) => to.address).join(", "),
      subject: subject ?? "",
      text: text ?? "",
      html: html ?? "",
      date: new Date(Number.isNaN(sent) ? row.accepted_at : sent).toISOString(),
    };
  };

  const decodeAll = async (rows: readonly unknown[]): Promise<readonly NumberedMail[]> =>
    Promise.all((rows as Row[]).map(decode));

  return {
    accept: async (raw, from, to, now) => {
      const { from: author, to: named = [], cc = [], bcc = [] } = await PostalMime.parse(raw);
      const header = [...named, ...cc, ...bcc].flatMap((entry) => entry.group ?? [entry]);
      const envelope = to.length > 0 ? to : header.map((entry) => entry.address ?? "");
      const id = randomUUID();
      atomically(() => {
        const sender = from ?? author?.address ?? "";
        const mail = Number(insert.run(id, sender, now, raw).lastInsertRowid);
        envelope.forEach((recipient, position) => address.run(mail, recipient, position));
      });
      return id;
    },
    list: async (to) => {
      const mails = await decodeAll(to === undefined ? all.all() : allTo.all(to));
      return mails.map(({ id: _, ...mail }) => mail);
    },
    latest: async (most, to) => decodeAll(to === undefined ? newest.all(most) : newestTo.all(to, most)),
    find: async (id) => {
      const row = one.get(id) as Row | undefined;
      return row === undefined ? undefined : decode(row);
    },
    countSince: (instant) => (count.get(instant) as { mails: number }).mails,
  };
};
