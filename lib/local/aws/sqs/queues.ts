import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../database.ts";
import { accountId } from "../input.ts";
import { AwsError } from "../protocol.ts";
import { createQueue, type Queue, type QueueContext } from "./queue.ts";
import { queueNameOf, readSettings } from "./settings.ts";
import { openMessageStore } from "./store.ts";

/** All queues of a data folder. */
export type Queues = {
  /** Creates a queue, or returns the existing one with the same attributes; else throws QueueNameExists. */
  create(name: string, attributes: Readonly<Record<string, string>>): Queue;
  /** By name, address or ARN; throws QueueDoesNotExist. */
  get(nameOrAddress: string): Queue;
  attributes(queue: Queue): Readonly<Record<string, string>>;
  change(queue: Queue, attributes: Readonly<Record<string, string>>): void;
  /** Sends one message of another service inside its transaction; call the returned function after the commit. */
  deliver(arn: string, body: string): () => void;
  atomically<Result>(work: () => Result): Result;
  close(): void;
};

const same = (left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): boolean =>
  Object.keys(left).length === Object.keys(right).length &&
  Object.entries(left).every(([name, value]) => right[name] === value);

/** Opens the queues stored in `database`; messages in flight are visible immediately. */
export const openQueues = (database: DatabaseSync, region: string, now: () => number = Date.now): Queues => {
  const store = openMessageStore(database);
  const queues = new Map<string, { readonly queue: Queue; attributes: Readonly<Record<string, string>> }>();
  const atomically: QueueContext["atomically"] = (work) => transaction(database, work);
  const find = (name: string): Queue | undefined => queues.get(name)?.queue;

  const open = (name: string, attributes: Readonly<Record<string, string>>, createdAt: number): Queue => {
    const arn = `arn:aws:sqs:${region}:${accountId}:${name}`;
    const settings = readSettings(attributes);
    const queue = createQueue({ name, arn, createdAt, settings }, { store, now, atomically, find });
    queues.set(name, { queue, attributes });
    return queue;
  };

  const get = (nameOrAddress: string): Queue => {
    const queue = find(queueNameOf(nameOrAddress));
    if (queue === undefined) {
      throw new AwsError("QueueDoesNotExist", `There is no queue ${queueNameOf(nameOrAddress)} here.`);
    }
    return queue;
  };

  for (const { name, attributes, created_at } of store.queues()) {
    const queue = open(name, JSON.parse(attributes) as Record<string, string>, created_at);
    queue.expire();
    queue.admit(store.messages(name));
  }
  const sweep = setInterval(() => queues.forEach(({ queue }) => queue.expire()), 3_600_000);

  return {
    create: (name, attributes) => {
      const known = queues.get(name);
      if (known === undefined) {
        const queue = open(name, attributes, now());
        store.putQueue(name, JSON.stringify(attributes), queue.createdAt);
        return queue;
      }
      if (!same(known.attributes, attributes)) {
        throw new AwsError("QueueNameExists", `The queue ${name} exists with other attributes.`);
      }
      return known.queue;
    },
    get,
    attributes: ({ name }) => queues.get(name)?.attributes ?? {},
    change: (queue, attributes) => {
      const known = queues.get(queue.name);
      if (known === undefined) return;
      const changed = { ...known.attributes, ...attributes };
      queue.settings = readSettings(changed);
      known.attributes = changed;
      store.putQueue(queue.name, JSON.stringify(changed), queue.createdAt);
    },
    deliver: (arn, body) => {
      const message = { message_id: randomUUID(), body, attributes: "", tenant: "" };
      return get(arn).put([{ ...message, sent_at: now(), visible_at: 0 }]);
    },
    atomically,
    close: () => {
      clearInterval(sweep);
      for (const { queue } of queues.values()) queue.close();
    },
  };
};
