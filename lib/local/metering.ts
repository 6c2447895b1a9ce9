import * as z from "zod";

const cpu = z.object({ user: z.number(), system: z.number() });
const reading = z.object({ since: z.string(), cpu, calls: z.record(z.string(), z.record(z.string(), z.number())) });

/** Since the last reset. CPU in microseconds: of this process (functions and gateway), and of the services' process. */
export type MeterReading = {
  readonly since: string;
  /** By `service.operation`: `calls` and the units that AWS bills. */
  readonly calls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly functionsCpu: { readonly user: number; readonly system: number };
  readonly servicesCpu: { readonly user: number; readonly system: number };
};

/** Reads and resets the meter of the services' process and of this one. */
export function readMeter(serviceUrl: string): { meter(): Promise<MeterReading>; resetMeter(): Promise<void> } {
  let before = process.cpuUsage();
  return {
    meter: async () => {
      const response = await fetch(`${serviceUrl}/_meter`);
      const { since, calls, cpu: servicesCpu } = reading.parse(await response.json());
      return { since, calls, functionsCpu: process.cpuUsage(before), servicesCpu };
    },
    resetMeter: async () => {
      await fetch(`${serviceUrl}/_meter`, { method: "DELETE" });
      before = process.cpuUsage();
    },
  };
}
