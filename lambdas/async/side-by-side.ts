/** Works through the items in their order, so many at a time. Fails as soon as one fails; what is being worked on goes on. */
export async function sideBySide<T>(
  many: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const lane = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: many }, lane));
}

/** The items in order, in groups of this size; the last may be smaller. */
export const inGroups = <T>(size: number, items: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
