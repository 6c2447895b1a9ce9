/** Queues that behave as badly as SQS may, and worse: copies, any order, lost acknowledgements, crashes, poison. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Message<M> = { readonly body: M; receives: number; readonly poisoned: boolean };

export type Faults = {
  /** 1 to this many copies of each message. */
  readonly copies: number;
  readonly lostAcknowledgements: number;
  readonly poison: number;
  /** Simultaneous deliveries. */
  readonly sideBySide: number;
  readonly shuffled: boolean;
};

export const none: Faults = { copies: 1, lostAcknowledgements: 0, poison: 0, sideBySide: 1, shuffled: false };

/** A message is given up after so many receives, as by the queues' redrive policy. */
const most = 5;

/** A pool of messages and the work that each asks for. */
export function pool<M>(faults: Faults, chance: () => number, work: (message: M, receives: number) => Promise<void>) {
  const waiting: Message<M>[] = [];
  const delayed: Message<M>[] = [];
  const next = () => waiting.splice(faults.shuffled ? Math.floor(chance() * waiting.length) : 0, 1)[0];
  const deliver = async (message: Message<M>): Promise<void> => {
    message.receives += 1;
    try {
      if (message.poisoned) throw new Error("poison");
      await work(message.body, message.receives);
      if (chance() < faults.lostAcknowledgements) throw new Error("the acknowledgement was lost");
    } catch {
      if (message.receives < most) waiting.push(message);
    }
  };
  return {
    /** Delayed messages come when nothing else is left, and sometimes sooner. */
    send: (body: M, delay = 0): void => {
      const copies = 1 + Math.floor(chance() * faults.copies);
      const to = delay > 0 ? delayed : waiting;
      for (let copy = 0; copy < copies; copy++) to.push({ body, receives: 0, poisoned: chance() < faults.poison });
    },
    /** Delivers until nothing is left, or nothing but what is asked for again and again. */
    drain: async (): Promise<void> => {
      let patience = 8;
      while (waiting.length + delayed.length > 0) {
        const idle = waiting.length === 0;
        if (idle && patience-- === 0) return;
        if (idle || chance() < 0.05) waiting.push(...delayed.splice(0));
        const batch = Array.from({ length: faults.sideBySide }, next).filter((one) => one !== undefined);
        await Promise.all(batch.map(deliver));
      }
    },
  };
}
