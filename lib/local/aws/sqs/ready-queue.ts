/** One message without its body, which is in the store. Times in milliseconds since 1970. */
export type QueuedMessage = {
  /** Rises with the time of sending. */
  readonly id: number;
  /** The tenant of a fair queue; '' for a message without one. */
  readonly group: string;
  state: "ready" | "delayed" | "inFlight";
  /** When a delayed or in-flight message becomes ready. */
  availableAt: number;
  receives: number;
  receipt: string | undefined;
};

/** The order of one queue's messages in memory: ready, in flight or delayed. */
export type ReadyQueue = {
  add(message: QueuedMessage): void;
  find(id: number): QueuedMessage | undefined;
  remove(id: number): void;
  /** Makes messages ready whose due time has passed. */
  advance(now: number): void;
  /** The next ready message, not removed: the oldest of the group with the fewest in flight. */
  next(): QueuedMessage | undefined;
  /** Hides a message until `availableAt`. */
  hide(message: QueuedMessage, state: "inFlight" | "delayed", availableAt: number): void;
  nextDue(): number | undefined;
  counts(): { readonly ready: number; readonly inFlight: number; readonly delayed: number };
};

/** The index in an ascending list at which `value` is inserted. */
const indexFor = <Item>(items: readonly Item[], value: number, of: (item: Item) => number): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && of(item) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** An empty ready queue. */
export const createReadyQueue = (): ReadyQueue => {
  const messages = new Map<number, QueuedMessage>();
  const ready = new Map<string, QueuedMessage[]>();
  const inFlight = new Map<string, number>();
  // Ascending by due time; an entry is stale if its message is no longer hidden until that time.
  const due: { readonly at: number; readonly id: number }[] = [];
  const tally = { ready: 0, inFlight: 0, delayed: 0 };

  const leave = (message: QueuedMessage): void => {
    tally[message.state] -= 1;
    if (message.state === "inFlight") {
      const left = (inFlight.get(message.group) ?? 1) - 1;
      if (left === 0) inFlight.delete(message.group);
      else inFlight.set(message.group, left);
    }
    if (message.state !== "ready") return;
    const group = ready.get(message.group) ?? [];
    const place = indexFor(group, message.id, ({ id }) => id) - 1;
    if (group[place] === message) group.splice(place, 1);
    if (group.length === 0) ready.delete(message.group);
  };

  const enter = (message: QueuedMessage): void => {
    tally[message.state] += 1;
    if (message.state === "ready") {
      const group = ready.get(message.group) ?? [];
      group.splice(
        indexFor(group, message.id, ({ id }) => id),
        0,
        message,
      );
      ready.set(message.group, group);
      return;
    }
    if (message.state === "inFlight") inFlight.set(message.group, (inFlight.get(message.group) ?? 0) + 1);
    const at = message.availableAt;
    due.splice(
      indexFor(due, at, (entry) => entry.at),
      0,
      { at, id: message.id },
    );
  };

  const move = (message: QueuedMessage, state: QueuedMessage["state"], availableAt: number): void => {
    leave(message);
    message.state = state;
    message.availableAt = availableAt;
    enter(message);
  };

  const isStale = (entry: { readonly at: number; readonly id: number }): boolean => {
    const message = messages.get(entry.id);
    return message === undefined || message.state === "ready" || message.availableAt !== entry.at;
  };

  return {
    add: (message) => {
      messages.set(message.id, message);
      enter(message);
    },
    find: (id) => messages.get(id),
    remove: (id) => {
      const message = messages.get(id);
      if (message === undefined) return;
      leave(message);
      messages.delete(id);
    },
    advance: (now) => {
      const passed = indexFor(due, now, (entry) => entry.at);
      if (passed === 0) return;
      for (const entry of due.splice(0, passed)) {
        const message = messages.get(entry.id);
        if (message !== undefined && !isStale(entry)) move(message, "ready", 0);
      }
    },
    next: () => {
      let chosen: QueuedMessage | undefined;
      let fewest = Number.POSITIVE_INFINITY;
      for (const [group, [oldest]] of ready) {
        const flying = inFlight.get(group) ?? 0;
        if (oldest === undefined || flying > fewest) continue;
        if (flying === fewest && chosen !== undefined && chosen.id < oldest.id) continue;
        chosen = oldest;
        fewest = flying;
      }
      return chosen;
    },
    hide: move,
    nextDue: () => {
      while (due[0] !== undefined && isStale(due[0])) due.shift();
      return due[0]?.at;
    },
    counts: () => ({ ...tally }),
  };
};
