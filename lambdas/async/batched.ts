/**
 * Makes one call of many: what is asked for within one turn of the event loop, as by the messages of one batch, goes to
 * `work` together, `most` at once. `work` answers in the order of what it was given; when it throws, all have failed.
 */
export function batched<I, O>(
  most: number,
  work: (asked: readonly I[]) => Promise<readonly O[]>,
): (one: I) => Promise<O> {
  type Waiting = { readonly one: I } & PromiseWithResolvers<O>;
  let waiting: Waiting[] = [];

  const go = async (some: readonly Waiting[]): Promise<void> => {
    try {
      const answers = await work(some.map(({ one }) => one));
      for (const [at, { resolve }] of some.entries()) resolve(answers[at] as O);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  };

  return (one) => {
    const settling = Promise.withResolvers<O>();
    if (waiting.push({ one, ...settling }) === 1) {
      setImmediate(() => {
        const all = waiting;
        waiting = [];
        for (let at = 0; at < all.length; at += most) void go(all.slice(at, at + most));
      });
    }
    return settling.promise;
  };
}
