/** One measured figure, with the bound that it is to keep, where it has one. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: "s" | "ms" | "kB" | "MB" | "per s" | "calls" | "units" | "ratio" | "%" | "rows" | "USD";
  /** At most this; with `least`, at least this. */
  readonly limit?: number;
  readonly least?: number;
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = Number.NaN, high = Number.NaN] = sorted.slice(middle - 1 + (sorted.length % 2));
  return sorted.length % 2 === 1 ? low : (low + high) / 2;
};
