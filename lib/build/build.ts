import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { alone } from "./alone.ts";
import { bundleFunctions } from "./bundles.ts";
import { digestOf } from "./digest.ts";
import { packageSite } from "./package.ts";
import { bundleSite, type Site } from "./pages.ts";

const repository = join(import.meta.dirname, "../..");
const inputs = ["lambdas", "web", "lib/build", "package-lock.json", "tsconfig.json"];
const sites: readonly Site[] = ["admin", "download"];

export type Built = {
  /** Digest of all inputs; equal digests mean equal results. */
  readonly digest: string;
  /** `false` when the existing result was made from the same sources. */
  readonly fresh: boolean;
};

/** The digest that `build` would record now. */
export function buildDigest(root = repository): string {
  return digestOf(root, inputs);
}

/**
 * Makes `build/lambdas/<entry>/index.mjs` for every function and `build/site/<site>`, once per state
 * of the sources. It builds in another folder and swaps at the end, so a failure leaves the former build.
 * @throws naming the file that is missing or does not compile
 */
export function build(root = repository): Promise<Built> {
  return withBuild(root, (built) => Promise.resolve(built));
}

/** Builds, then runs `work` while no other process may replace the result. */
export function withBuild<T>(root: string, use: (built: Built) => Promise<T>): Promise<T> {
  return alone(join(root, "build/.lock"), async () => {
    const digest = buildDigest(root);
    const stamp = join(root, "build/.digest");
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return use({ digest, fresh: false });
    await make(root);
    await writeFile(stamp, digest);
    return use({ digest, fresh: true });
  });
}

async function make(root: string): Promise<void> {
  const work = await mkdtemp(join(root, "build/.next-"));
  try {
    await bundleFunctions(root, join(work, "lambdas"));
    for (const site of sites) {
      const files = await bundleSite(root, site);
      for (const [path, content] of files) await put(join(work, "site", site, path), content);
      await packageSite(site, files, join(work, "lambdas/site-publisher/site", site));
    }
    await rm(join(root, "build/.digest"), { force: true });
    for (const part of ["lambdas", "site"]) {
      await rm(join(root, "build", part), { recursive: true, force: true });
      await rename(join(work, part), join(root, "build", part));
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function put(path: string, content: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
