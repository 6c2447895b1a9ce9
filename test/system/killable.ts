/** A whole product of a test's own, as `npm start` runs it: in a process group that can be killed as a whole. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { shiftClock } from "../../lib/local/clock.ts";
import { freeBlock } from "../../lib/local/ports.ts";
import { expectNothingDenied } from "./denied.ts";
import { type Product, product, until } from "./product.ts";

export type Killable = {
  /**
   * Starts it, for the first time or again on the same folder and ports; with its clock at an instant, if one is given. The
   * test's own `Date` follows it.
   */
  start(clock?: Date): Promise<Product>;
  /** `kill -9` of everything that it started: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  remove(): Promise<void>;
};

export async function killable(name: string): Promise<Killable> {
  const data = await mkdtemp(join(tmpdir(), `warifu-${name}-`));
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    process.kill(-child.pid, "SIGKILL");
    await gone;
  };
  return {
    start: async (clock) => {
      const ports = child === undefined ? ["--port-base", String(await freeBlock())] : [];
      const moved = clock === undefined ? [] : ["--clock", clock.toISOString()];
      const words = ["bin/local.ts", "--data", data, "--empty", ...ports, ...moved];
      const started = spawn(process.execPath, words, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
      child = started;
      let printed = "";
      for (const output of [started.stdout, started.stderr])
        output.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      started.stderr.pipe(process.stderr, { end: false });
      await until(
        "the ready line",
        async () => {
          if (started.exitCode !== null) throw new Error(`it ended before it was ready:\n${printed}`);
          return /^ready/m.test(printed);
        },
        120,
      );
      const endpoints = JSON.parse(await readFile(join(data, "endpoints.json"), "utf8")) as Endpoints;
      shiftClock(endpoints.clockShift ?? 0);
      return product(endpoints);
    },
    kill,
    remove: async () => {
      await kill();
      expectNothingDenied(data);
      await rm(data, { recursive: true, force: true });
    },
  };
}
