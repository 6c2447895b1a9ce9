import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildDigest } from "./build.ts";
import { digestOf } from "./digest.ts";

const repository = join(import.meta.dirname, "../..");

/** Where synthesis notes what it was made from, inside the assembly. */
export const templateStamp = ".digest";

/** Of everything that the template is made from, given the build's digest. */
export function templateDigest(digest: string): string {
  return `${digest} ${digestOf(repository, ["bin/warifu.ts", "cdk.json", ...constructs()])}`;
}

/** The constructs stand directly in `lib`. */
function constructs(): string[] {
  return readdirSync(join(repository, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `lib/${name}`);
}

/**
 * Bundles and synthesizes if the sources changed since the last time; `fresh` says so.
 * @throws after the bundler or the synthesis said on stderr what is wrong
 */
export async function currentTemplate(): Promise<{ readonly path: string; readonly fresh: boolean }> {
  const assembly = join(repository, "cdk.out");
  const stamp = join(assembly, templateStamp);
  const fresh = !existsSync(stamp) || readFileSync(stamp, "utf8") !== templateDigest(buildDigest());
  if (fresh) {
    // A process of its own: the CDK is 100 MB that the caller need not keep.
    const app = spawn(process.execPath, [join(repository, "bin/warifu.ts")], {
      cwd: repository,
      env: { ...process.env, CDK_OUTDIR: assembly },
      stdio: ["ignore", "ignore", "inherit"],
    });
    const [code] = (await once(app, "exit")) as [number | null];
    if (code !== 0) throw new Error("the stack could not be built and synthesized: see the message above");
  }
  return { path: join(assembly, "Warifu.template.json"), fresh };
}
