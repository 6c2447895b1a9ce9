import { spawn } from "node:child_process";
import { once } from "node:events";
import { freeBlock } from "../../lib/local/ports.ts";

/** Runs `npm start` on a data folder until it prints `ready`; says how long that took. */
export async function launch(data: string, words: readonly string[]) {
  const base = await freeBlock();
  const began = performance.now();
  const child = spawn("npm", ["start", "--silent", "--", "--data", data, "--port-base", String(base), ...words], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  await new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      if (/^ready/m.test(printed)) resolve();
    });
    child.on("exit", (code) => reject(new Error(`npm start ended with ${code}:\n${printed}`)));
  });
  const seconds = (performance.now() - began) / 1000;
  return {
    seconds,
    stop: async () => {
      const gone = once(child, "exit");
      process.kill(-(child.pid ?? 0), "SIGINT");
      await gone;
    },
  };
}
