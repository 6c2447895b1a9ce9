/** When Lambda invokes the function with a batch. https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html */
export type BatchLimits = {
  /** Messages, at most. */
  readonly size: number;
  /** How long messages are gathered, counted from the first. */
  readonly seconds: number;
  /** Bytes of the event's records, at most; a batch has at least one message. */
  readonly bytes: number;
};

/** One ReceiveMessage gives ten messages at most and waits for twenty seconds at most. */
const receiveLimits = { messages: 10, seconds: 20 };

/**
 * Gathers batches. `next` waits for a first message and resolves when the batch is full, its time is over or the next
 * message would make the event too large; with an empty batch if no message arrives. `receive` returns at most `most`
 * messages and waits up to `seconds` for the first; its error is thrown only if the batch is empty.
 */
export function batches<Message>(
  receive: (most: number, seconds: number) => Promise<readonly Message[]>,
  bytesOf: (message: Message) => number,
  limits: BatchLimits,
): { next(): Promise<readonly Message[]> } {
  // Received but not yet in a batch: the batch before was full by its bytes.
  const held: Message[] = [];

  const next = async (): Promise<readonly Message[]> => {
    const batch: Message[] = [];
    let bytes = 0;
    /** Moves held messages into the batch; true when the batch is full. */
    const fill = (): boolean => {
      for (let [first] = held; first !== undefined; [first] = held) {
        const more = bytesOf(first);
        if (batch.length === limits.size || (batch.length > 0 && bytes + more > limits.bytes)) return true;
        batch.push(first);
        held.shift();
        bytes += more;
      }
      return batch.length === limits.size;
    };

    if (held.length === 0)
      held.push(...(await receive(Math.min(receiveLimits.messages, limits.size), receiveLimits.seconds)));
    const end = Date.now() + limits.seconds * 1000;
    while (!fill() && batch.length > 0) {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left <= 0) break;
      try {
        const most = Math.min(receiveLimits.messages, limits.size - batch.length);
        held.push(...(await receive(most, Math.min(receiveLimits.seconds, left))));
      } catch {
        // The run is ending, or the next batch will fail alike: the messages of this one do not wait.
        break;
      }
    }
    return batch;
  };
  return { next };
}
