import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import type { Endpoints } from "../../lib/local/endpoints.ts";
import { run } from "../../lib/local/run.ts";
import { expectNothingDenied } from "./denied.ts";

declare module "vitest" {
  export interface ProvidedContext {
    readonly endpoints: Endpoints;
  }
}

/** Starts the whole product once for all system tests: the bundles, behind the real gateway, on an empty data folder. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "warifu-system-"));
  const running = await run({
    dataDirectory,
    portBase: 0,
    empty: true,
    report: (line) => console.error(line),
    progress: () => {},
  });
  project.provide("endpoints", running.endpoints);
  return async () => {
    await running.stop();
    expectNothingDenied(dataDirectory);
    await rm(dataDirectory, { recursive: true, force: true });
  };
}
