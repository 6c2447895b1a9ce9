/** Where one item of a batch is between two steps: it goes on with `next`, or it has ended early. */
export type Step<T, E> = { readonly next: T } | { readonly ended: E };

/**
 * Takes every item of a batch one step further, side by side, and returns when all have settled. An item that has ended or
 * failed in an earlier step is passed on as it is, so every step returns the items in the order of the first one.
 */
export const each = <A, B, E>(
  items: readonly PromiseSettledResult<Step<A, E>>[],
  work: (item: A) => Promise<Step<B, E>>,
): Promise<readonly PromiseSettledResult<Step<B, E>>[]> =>
  Promise.allSettled(
    items.map(async (item) => {
      if (item.status === "rejected") throw item.reason;
      return "ended" in item.value ? item.value : work(item.value.next);
    }),
  );

/** The items before their first step. */
export const begin = <T>(items: readonly T[]): readonly PromiseSettledResult<Step<T, never>>[] =>
  items.map((next) => ({ status: "fulfilled", value: { next } }));
