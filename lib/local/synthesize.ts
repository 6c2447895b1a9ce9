import { join } from "node:path";
import { alone } from "../build/alone.ts";
import { build } from "../build/build.ts";
import { currentTemplate } from "../build/template.ts";
import { sweepAssets, useAssets } from "./assets.ts";
import { readAssembly, type Assembly } from "./template.ts";

const root = join(import.meta.dirname, "../..");
const stack = "Warifu";

/** An assembly whose assets stay where they are until `release`. */
export type Synthesized = { readonly assembly: Assembly; readonly release: () => void };

/** Builds and synthesizes only what changed since the last time, and reads the result. Throws with the builder's words. */
export async function synthesize(progress: (line: string) => void): Promise<Synthesized> {
  const built = await build(root);
  if (built.fresh) progress("bundles");
  const template = await currentTemplate();
  if (template.fresh) progress("template");
  // As the synthesis does it: alone, so that nobody sweeps between reading what there is and noting it.
  return alone(join(root, "build/.lock"), () => {
    const folder = join(root, "cdk.out");
    const uses = join(root, "build/.uses");
    const assembly = readAssembly(folder, stack);
    const use = useAssets(uses, assembly.assets.values());
    if (template.fresh) sweepAssets(folder, assembly.assets.values(), uses);
    return Promise.resolve({ assembly, release: use.release });
  });
}
