import type { DatabaseSync } from "node:sqlite";

/** One stored message. Times in milliseconds since 1970; `attributes` is the JSON of MessageAttributes, '' for none. */
export type MessageRow = {
  readonly id: number;
  readonly queue: string;
  readonly message_id: string;
  readonly body: string;
  readonly attributes: string;
  readonly tenant: string;
  readonly sent_at: number;
  readonly visible_at: number;
  readonly receives: number;
  readonly first_received_at: number | null;
  readonly receipt: string | null;
  readonly dead_letter_source: string | null;
};

/** The fields that a sender sets. */
export type NewMessage = Pick<MessageRow, "message_id" | "body" | "attributes" | "tenant" | "sent_at" | "visible_at">;

/** Queues and messages on disk: every change is one statement, grouped by the caller into transactions. */
export type MessageStore = ReturnType<typeof openMessageStore>;

const schema = `
create table if not exists queues (name text primary key, attributes text not null, created_at integer not null);
create table if not exists messages (
  id integer primary key autoincrement, queue text not null, message_id text not null, body text not null,
  attributes text not null, tenant text not null, sent_at integer not null, visible_at integer not null,
  receives integer not null default 0, first_received_at integer, receipt text, dead_letter_source text);
create index if not exists messages_of_queue on messages (queue, id);
`;

/** Opens the tables; messages that were in flight when the last process ended are visible again and keep their receive count. */
export const openMessageStore = (database: DatabaseSync) => {
  database.exec(schema);
  database.exec("update messages set receipt = null, visible_at = 0 where receipt is not null");
  const statements = {
    queues: database.prepare("select name, attributes, created_at from queues order by name"),
    putQueue: database.prepare(
      `insert into queues (name, attributes, created_at) values (?, ?, ?)
       on conflict (name) do update set attributes = excluded.attributes`,
    ),
    messages: database.prepare("select * from messages where queue = ? order by id"),
    message: database.prepare("select * from messages where id = ?"),
    insert: database.prepare(
      `insert into messages (queue, message_id, body, attributes, tenant, sent_at, visible_at)
       values (?, ?, ?, ?, ?, ?, ?)`,
    ),
    receive: database.prepare(
      `update messages set receipt = ?, visible_at = ?, receives = receives + 1,
       first_received_at = coalesce(first_received_at, ?) where id = ? returning *`,
    ),
    moveToDeadLetters: database.prepare(
      "update messages set queue = ?, dead_letter_source = ?, visible_at = 0, receipt = null where id = ?",
    ),
    remove: database.prepare("delete from messages where id = ?"),
    expired: database.prepare("delete from messages where queue = ? and sent_at < ? returning id"),
  };
  return {
    queues: () => statements.queues.all() as { name: string; attributes: string; created_at: number }[],
    putQueue: (name: string, attributes: string, now: number): void => {
      statements.putQueue.run(name, attributes, now);
    },
    messages: (queue: string) => statements.messages.all(queue) as MessageRow[],
    message: (id: number) => statements.message.get(id) as MessageRow | undefined,
    /** The id of the new row. */
    insert: (queue: string, message: NewMessage): number => {
      const { message_id, body, attributes, tenant, sent_at, visible_at } = message;
      const done = statements.insert.run(queue, message_id, body, attributes, tenant, sent_at, visible_at);
      return Number(done.lastInsertRowid);
    },
    receive: (id: number, receipt: string, visibleAt: number, now: number) =>
      statements.receive.get(receipt, visibleAt, now, id) as MessageRow | undefined,
    /** Moves a message to its dead-letter queue; `source` is the ARN it came from. */
    moveToDeadLetters: (id: number, queue: string, source: string): void => {
      statements.moveToDeadLetters.run(queue, source, id);
    },
    remove: (id: number): void => {
      statements.remove.run(id);
    },
    /** Removes what was sent before `before`; the ids removed. */
    expire: (queue: string, before: number): readonly number[] =>
      (statements.expired.all(queue, before) as { id: number }[]).map(({ id }) => id),
  };
};
