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
export type NumberedMail = Mail & { readonly id: number; readonly unread: boolean };

/** A page of the mailbox, newest first. `newer` and `older` count the mails before and after it. */
export type MailPage = { readonly mails: readonly NumberedMail[]; readonly newer: number; readonly older: number };

/** The accepted mails of a data folder, oldest first. */
export type Mails = {
  /** Stores a raw message with its envelope; its message id. An empty `to` means the recipients in its header. */
  accept(raw: Buffer, from: string | undefined, to: readonly string[], now: number): Promise<string>;
  /** To one recipient (in any case), or all; reads them one after another, so that many take no memory. */
  list(to?: string): AsyncIterable<Mail>;
  /** The newest ones whose number is below `before`. */
  page(most: number, to?: string, before?: number): Promise<MailPage>;
  /** One mail, which is read from now on. */
  open(id: number): Promise<NumberedMail | undefined>;
  countSince(instant: number): number;
};

const schema = `
create table if not exists mails (id integer primary key autoincrement, message_id text not null, sender text not null,
  accepted_at integer not null, raw blob not null);
create table if not exists mail_recipients (mail integer not null references mails (id), address text not null,
  position integer not null, primary key (mail, position));
create index if not exists mails_to on mail_recipients (address collate nocase, mail);
create table if not exists mails_read (mail integer primary key references mails (id));
`;

type Row = { id: number; sender: string; accepted_at: number; raw: Uint8Array; unread: number };

/** Mails that are in memory at a time while all are listed. */
const chunk = 50;

/** Opens the mails stored in `database`. */
export const openMails = (database: DatabaseSync, atomically: <Result>(work: () => Result) => Result): Mails => {
  database.exec(schema);
  const insert = database.prepare("insert into mails (message_id, sender, accepted_at, raw) values (?, ?, ?, ?)");
  const address = database.prepare("insert into mail_recipients (mail, address, position) values (?, ?, ?)");
  const recipients = database.prepare("select address from mail_recipients where mail = ? order by position");
  const columns = "id, sender, accepted_at, raw, id not in (select mail from mails_read) as unread";
  const statements = (theirs: string) => ({
    after: database.prepare(`select ${columns} from mails where id > :after ${theirs} order by id limit ${chunk}`),
    before: database.prepare(`select ${columns} from mails where id < :before ${theirs} order by id desc limit :most`),
    countBefore: database.prepare(`select count(*) as mails from mails where id < :before ${theirs}`),
    countFrom: database.prepare(`select count(*) as mails from mails where id >= :before ${theirs}`),
  });
  const toAll = statements("");
  const toOne = statements("and id in (select mail from mail_recipients where address = :to collate nocase)");
  const one = database.prepare(`select ${columns} from mails where id = ?`);
  const markRead = database.prepare("insert or ignore into mails_read (mail) values (?)");
  const count = database.prepare("select count(*) as mails from mails where accepted_at >= ?");

  const decode = async (row: Row): Promise<NumberedMail> => {
    const { subject, text, html, date } = await PostalMime.parse(row.raw);
    const sent = Date.parse(date ?? "");
    return {
      id: row.id,
      unread: row.unread === 1,
      from: row.sender,
      to: (recipients.all(row.id) as { address: string }[]).map((to) => to.address).join(", "),
      subject: subject ?? "",
      text: text ?? "",
      html: html ?? "",
      date: new Date(Number.isNaN(sent) ? row.accepted_at : sent).toISOString(),
    };
  };

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
    list: async function* (to) {
      let last = 0;
      for (;;) {
        const rows = (
          to === undefined ? toAll.after.all({ after: last }) : toOne.after.all({ after: last, to })
        ) as Row[];
        for (const row of rows) {
          const { id: _, unread: __, ...mail } = await decode(row);
          yield mail;
        }
        if (rows.length < chunk) return;
        last = rows.at(-1)?.id ?? last;
      }
    },
    page: async (most, to, end = Number.MAX_SAFE_INTEGER) => {
      const { before, countBefore, countFrom } = to === undefined ? toAll : toOne;
      const range = { before: end, ...(to === undefined ? {} : { to }) };
      const mails = await Promise.all((before.all({ ...range, most }) as Row[]).map(decode));
      const { mails: shownOrOlder } = countBefore.get(range) as { mails: number };
      const { mails: newer } = countFrom.get(range) as { mails: number };
      return { mails, newer, older: shownOrOlder - mails.length };
    },
    open: async (id) => {
      const row = one.get(id) as Row | undefined;
      if (row === undefined) return undefined;
      markRead.run(id);
      return decode(row);
    },
    countSince: (instant) => (count.get(instant) as { mails: number }).mails,
  };
};
