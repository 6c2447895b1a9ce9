/** A whole product of a test's own, as `npm start` runs it: in a process group that can be killed as a whole. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { freeBlock } from "../../lib/local/ports.ts";
import { expectNothingDenied } from "./denied.ts";
import { type Product, product, until } from "./product.ts";

export type Killable = {
  /** Starts it, for the first time or again on the same folder and ports. */
  start(): Promise<Product>;
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
    start: async () => {
      const ports = child === undefined ? ["--port-base", String(await freeBlock())] : [];
      const words = ["bin/local.ts", "--data", data, "--empty", ...ports];
      const started = spawn(process.execPath, words, { detached: true, stdio: ["ignore", "pipe", "inherit"] });
      child = started;
      let printed = "";
      started.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
      await until(
        "the ready line",
        async () => {
          if (started.exitCode !== null) throw new Error(`it ended before it was ready:\n${printed}`);
          return /^ready/m.test(printed);
        },
        120,
      );
      return product(JSON.parse(await readFile(join(data, "endpoints.json"), "utf8")) as Endpoints);
    },
    kill,
    remove: async () => {
      await kill();
      expectNothingDenied(data);
      await rm(data, { recursive: true, force: true });
    },
  };
}
