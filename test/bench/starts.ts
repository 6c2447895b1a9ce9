import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Figure } from "./figure.ts";
import { launch } from "./launch.ts";

/** From the command to the line `ready`: on an empty data folder with the demo tenant, and again. */
export async function starts(): Promise<readonly Figure[]> {
  const data = await mkdtemp(join(tmpdir(), "warifu-bench-"));
  try {
    const first = await launch(data, []);
    await first.stop();
    const again = await launch(data, []);
    await again.stop();
    return [
      { name: "first start, demo tenant made", value: first.seconds, unit: "s" },
      { name: "start with its data folder and unchanged sources", value: again.seconds, unit: "s", limit: 15 },
    ];
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}
