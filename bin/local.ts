import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Running } from "../lib/local/run.ts";

const usage = `usage: npm start -- [--port-base N] [--data DIR] [--clock ISO-time] [--empty] [--help]
  --port-base N  first of the eleven ports (default: the data folder's own, else 18000)
  --data DIR     folder that keeps everything (default: .local)
  --clock T      where the clock of the whole run stands at the start, such as 2026-12-01T00:00:00+09:00; it goes on from
                 there, is kept in the folder and never goes back (default: the folder's, else the system's)
  --empty        no demo tenant in a new data folder
  --help         this text`;

/** An instant with its offset: without one it would depend on where it is read. */
function instantOf(text: string): Date {
  const instant = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) || Number.isNaN(instant.getTime()))
    throw new Error("--clock takes an instant with its offset, such as 2026-12-01T00:00:00+09:00");
  return instant;
}

function optionsOf(): { dataDirectory: string; portBase?: number; clock?: Date; empty: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        "port-base": { type: "string" },
        data: { type: "string", default: ".local" },
        clock: { type: "string" },
        empty: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(usage);
      return process.exit(0);
    }
    const base = values["port-base"];
    if (base !== undefined && !(/^\d+$/.test(base) && Number(base) >= 1024 && Number(base) <= 65_000))
      throw new Error("--port-base takes a number from 1024 to 65000");
    const clock = values.clock === undefined ? undefined : instantOf(values.clock);
    return {
      dataDirectory: values.data,
      empty: values.empty,
      ...(base === undefined ? {} : { portBase: Number(base) }),
      ...(clock === undefined ? {} : { clock }),
    };
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(usage);
    return process.exit(2);
  }
}

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(1)} s`;

// Keeps compiled code for the next start, also for the process of the services.
const compiled = join(import.meta.dirname, "../build/.compiled");
enableCompileCache(compiled);
process.env["NODE_COMPILE_CACHE"] = compiled;
// As in Lambda, so that code which reads local time by mistake fails here too.
process.env["TZ"] = "UTC";
const options = optionsOf();
const begun = performance.now();
let phase = begun;
let running: Running | undefined;
let leaving = false;

async function leave(code: number): Promise<never> {
  leaving = true;
  await running?.stop();
  process.exit(code);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    // A second signal ends the process immediately.
    if (leaving) process.exit(1);
    console.log("\nstopping…");
    void leave(0);
  });
}

function progress(line: string): void {
  console.log(`  ${line.padEnd(44)}${seconds(phase)}`);
  phase = performance.now();
}

try {
  const { run } = await import("../lib/local/run.ts");
  const { guide } = await import("../lib/local/guide.ts");
  const { repositoryReady } = await import("../lib/local/repository-ready.ts");
  running = await run({
    ...options,
    report: (line) => console.error(`! ${line}`),
    progress,
    servicesEnded: (reason) => {
      console.error(`! ${reason}; stopping`);
      void leave(1);
    },
  });
  await repositoryReady(running.endpoints.repositoryUrl);
  progress("repository");
  console.log(guide(running));
  const clock = running.endpoints.clockShift === undefined ? "" : ` — the clock stands at ${new Date().toISOString()}`;
  console.log(`ready in ${seconds(begun)} — ${running.endpoints.adminUrl}${clock}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  await leave(1);
}
