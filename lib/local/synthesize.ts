import { join } from "node:path";
import { alone } from "../build/alone.ts";
import { build } from "../build/build.ts";
import { currentTemplate } from "../build/template.ts";
import { sweepAssets, useAssets } from "./assets.ts";
import { readAssembly, type Assembly } from "./template.ts";

const root = join(import.meta.dirname, "../..");
const stack = "Warifu";

/** An assembly whose assets are kept until `release`. */
export type Synthesized = { readonly assembly: Assembly; readonly release: () => void };

/** Builds and synthesizes what changed since the last time, and reads the result. Throws with the builder's message. */
export async function synthesize(progress: (line: string) => void): Promise<Synthesized> {
  const built = await build(root);
  if (built.fresh) progress("bundles");
  const template = await currentTemplate();
  if (template.fresh) progress("template");
  // Under the lock of the synthesis, so that no process sweeps assets between reading and noting them.
  return alone(join(root, "build/.lock"), () => {
    const folder = join(root, "cdk.out");
    const uses = join(root, "build/.uses");
    const assembly = readAssembly(folder, stack);
    const use = useAssets(uses, assembly.assets.values());
    if (template.fresh) sweepAssets(folder, assembly.assets.values(), uses);
    return Promise.resolve({ assembly, release: use.release });
  });
}
