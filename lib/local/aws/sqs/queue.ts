import { randomUUID } from "node:crypto";
import { AwsError } from "../protocol.ts";
import { createReadyQueue, type QueuedMessage } from "./ready-queue.ts";
import type { Settings } from "./settings.ts";
import type { MessageRow, MessageStore, NewMessage } from "./store.ts";

/** A queue: its stored messages, their order, and the long polls that wait for them. Times in milliseconds since 1970. */
export type Queue = {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  settings: Settings;
  /** Stores messages, inside the caller's transaction if any; call the returned function after the commit. */
  put(messages: readonly NewMessage[]): () => void;
  /** Adds stored messages, at opening or when they are moved from another queue. */
  admit(rows: readonly MessageRow[]): void;
  receive(request: Receive, gone?: AbortSignal): Promise<readonly MessageRow[]>;
  remove(receipt: string): void;
  /** Drops what is older than the retention period. */
  expire(): void;
  counts(): { readonly ready: number; readonly inFlight: number; readonly delayed: number };
  /** Ends every long poll with no messages. */
  close(): void;
};

/** One ReceiveMessage: how many at most, hidden how long, waited for how long (seconds). */
export type Receive = { readonly most: number; readonly visibility: number; readonly wait: number };

/** What a queue uses of its service. */
export type QueueContext = {
  readonly store: MessageStore;
  readonly now: () => number;
  readonly atomically: <Result>(work: () => Result) => Result;
  readonly find: (name: string) => Queue | undefined;
};

type Poll = { readonly request: Receive; readonly answer: (rows: readonly MessageRow[]) => void };

const queuedMessage = (row: MessageRow): QueuedMessage => ({
  id: row.id,
  group: row.tenant,
  state: row.visible_at === 0 ? "ready" : row.receipt === null ? "delayed" : "inFlight",
  availableAt: row.visible_at,
  receives: row.receives,
  receipt: row.receipt ?? undefined,
});

/** A queue; at opening `admit` must be called with its stored messages. */
export const createQueue = (
  { name, arn, createdAt, settings }: Pick<Queue, "name" | "arn" | "createdAt" | "settings">,
  { store, now, atomically, find }: QueueContext,
): Queue => {
  const ready = createReadyQueue();
  const polls = new Set<Poll>();
  let timer: NodeJS.Timeout | undefined;

  const moveToDeadLetters = (message: QueuedMessage, target: Queue): void => {
    store.moveToDeadLetters(message.id, target.name, arn);
    ready.remove(message.id);
    const row = store.message(message.id);
    if (row !== undefined) target.admit([row]);
  };

  const take = (request: Receive): readonly MessageRow[] => {
    const instant = now();
    ready.advance(instant);
    if (ready.counts().ready === 0) return [];
    return atomically(() => {
      const rows: MessageRow[] = [];
      for (let next = ready.next(); next !== undefined && rows.length < request.most; next = ready.next()) {
        const limit = queue.settings.deadLetter;
        const target = limit && next.receives >= limit.maxReceiveCount ? find(limit.queue) : undefined;
        if (target !== undefined) {
          moveToDeadLetters(next, target);
          continue;
        }
        const until = instant + request.visibility * 1000;
        const receipt = `${next.id}.${randomUUID()}`;
        const row = store.receive(next.id, receipt, until, instant);
        if (row === undefined) throw new Error(`message ${next.id} of ${name} is not stored`);
        ready.hide(next, "inFlight", until);
        next.receives += 1;
        next.receipt = receipt;
        rows.push(row);
      }
      return rows;
    });
  };

  /** Gives ready messages to waiting polls, and sets a timer for the next message that becomes ready. */
  const serve = (): void => {
    for (const poll of polls) {
      const rows = take(poll.request);
      if (rows.length === 0) break;
      poll.answer(rows);
    }
    clearTimeout(timer);
    const due = polls.size === 0 ? undefined : ready.nextDue();
    if (due !== undefined) timer = setTimeout(serve, Math.max(1, due - now()));
  };

  const inFlight = (receipt: string): QueuedMessage | undefined => {
    const id = Number(/^(\d+)\.[0-9a-f-]{36}$/.exec(receipt)?.[1]);
    if (Number.isNaN(id)) throw new AwsError("ReceiptHandleIsInvalid", "The receipt handle is not one of this queue.");
    ready.advance(now());
    const message = ready.find(id);
    return message?.receipt === receipt ? message : undefined;
  };

  const queue: Queue = {
    name,
    arn,
    createdAt,
    settings,
    put: (messages) => {
      const stored = messages.map((message) => {
        const id = store.insert(name, message);
        const state = message.visible_at === 0 ? ("ready" as const) : ("delayed" as const);
        const availableAt = message.visible_at;
        return { id, group: message.tenant, state, availableAt, receives: 0, receipt: undefined };
      });
      return () => {
        for (const message of stored) ready.add(message);
        serve();
      };
    },
    admit: (rows) => {
      for (const row of rows) ready.add(queuedMessage(row));
      if (polls.size > 0) setImmediate(serve);
    },
    receive: async (request, gone) => {
      const rows = take(request);
      if (rows.length > 0 || request.wait === 0 || gone?.aborted) return rows;
      return new Promise((resolve) => {
        const answer = (found: readonly MessageRow[]): void => {
          clearTimeout(deadline);
          gone?.removeEventListener("abort", give);
          polls.delete(poll);
          resolve(found);
        };
        const give = (): void => answer([]);
        const poll = { request, answer };
        const deadline = setTimeout(give, request.wait * 1000);
        gone?.addEventListener("abort", give);
        polls.add(poll);
        serve();
      });
    },
    remove: (receipt) => {
      const message = inFlight(receipt);
      if (message === undefined) return;
      store.remove(message.id);
      ready.remove(message.id);
    },
    expire: () => {
      for (const id of store.expire(name, now() - queue.settings.retention * 1000)) ready.remove(id);
    },
    counts: () => {
      ready.advance(now());
      return ready.counts();
    },
    close: () => {
      for (const poll of polls) poll.answer([]);
      clearTimeout(timer);
    },
  };
  return queue;
};
