import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { buildDigest } from "./build.ts";
import { digestOf } from "./digest.ts";

const repository = join(import.meta.dirname, "../..");

/** File of the assembly that holds the digest of its inputs. */
export const templateStamp = ".digest";

/** Digest of all inputs of the template, given the build's digest. */
export function templateDigest(digest: string): string {
  return `${digest} ${digestOf(repository, ["bin/warifu.ts", "cdk.json", ...constructs()])}`;
}

/** The constructs are the files directly in `lib`. */
function constructs(): string[] {
  return readdirSync(join(repository, "lib"), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `lib/${name}`);
}

/**
 * Bundles and synthesizes if the sources changed since the last time; `fresh` says so.
 * @throws after the bundler or the synthesis has written the cause to stderr
 */
export async function currentTemplate(): Promise<{ readonly path: string; readonly fresh: boolean }> {
  const assembly = join(repository, "cdk.out");
  const stamp = join(assembly, templateStamp);
  const fresh = !existsSync(stamp) || readFileSync(stamp, "utf8") !== templateDigest(buildDigest());
  if (fresh) {
    // In another process, so that the CDK's 100 MB do not stay in the caller's.
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
