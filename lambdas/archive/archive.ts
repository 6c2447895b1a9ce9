/** The files of the audit's days, each written once. */
export type Archive = {
  /** The days that have a file, in order. */
  listDays(): Promise<readonly string[]>;
  find(day: string): Promise<Uint8Array | undefined>;
  /** False if the day has a file already. */
  add(day: string, file: Uint8Array): Promise<boolean>;
};
