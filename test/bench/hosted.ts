import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import type { MeterReading } from "../../lib/local/metering.ts";

/** `threadPool`: of the functions' CPU that of the thread pool, ms. */
export type HostReading = MeterReading & { readonly threadPool: number };

export type Hosted = Awaited<ReturnType<typeof hosted>>;

/** The product on an empty data folder in another process, with its meter. */
export async function hosted() {
  const data = await mkdtemp(join(tmpdir(), "warifu-bench-"));
  const child = fork(join(import.meta.dirname, "host.ts"), [data]);
  const answer = async <T>(): Promise<T> => ((await once(child, "message")) as [T])[0];
  const { endpoints } = await answer<{ endpoints: Endpoints }>();
  return {
    endpoints,
    reset: async () => {
      child.send("reset");
      await answer();
    },
    meter: async () => {
      child.send("meter");
      return (await answer<{ meter: HostReading }>()).meter;
    },
    stop: async () => {
      const gone = once(child, "exit");
      child.send("stop");
      await gone;
      await rm(data, { recursive: true, force: true });
    },
  };
}
