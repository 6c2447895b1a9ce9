import type { Units } from "./protocol.ts";

/** Since the last reset: `calls` by `service.operation`, each with `calls` and its units; CPU in microseconds. */
export type Reading = {
  readonly since: string;
  readonly cpu: { readonly user: number; readonly system: number };
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/** Counts the calls of every service, to measure the cost of a certificate or a page. */
export type Meter = {
  count(service: string, operation: string, units: Units): void;
  read(): Reading;
  reset(): void;
};

/** A meter whose CPU time is that of this whole process, worker threads included. */
export const startMeter = (): Meter => {
  let since = new Date();
  let cpu = process.cpuUsage();
  const calls = new Map<string, Map<string, number>>();
  return {
    count: (service, operation, units) => {
      const name = `${service}.${operation}`;
      const sums = calls.get(name) ?? new Map<string, number>();
      calls.set(name, sums);
      for (const [unit, amount] of Object.entries(units)) {
        sums.set(unit, (sums.get(unit) ?? 0) + amount);
      }
    },
    read: () => ({
      since: since.toISOString(),
      cpu: process.cpuUsage(cpu),
      calls: Object.fromEntries(
        [...calls].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, sums]) => [name, Object.fromEntries(sums)]),
      ),
    }),
    reset: () => {
      since = new Date();
      cpu = process.cpuUsage();
      calls.clear();
    },
  };
};
