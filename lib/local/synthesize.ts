import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf } from "../build/digest.ts";
import { build } from "../build/build.ts";
import { replaceFile } from "./state.ts";
import { readAssembly, type Assembly } from "./template.ts";

const root = join(import.meta.dirname, "../..");
/** What the template is made from, beside the bundles; this folder is not among it. */
const sources = (): readonly string[] => [
  "bin/warifu.ts",
  "cdk.json",
  "package-lock.json",
  "lib/build",
  "lambdas/contract",
  "lambdas/environment.ts",
  ...readdirSync(join(root, "lib"))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `lib/${name}`),
];
const stack = "Warifu";

function synthesizeApp(outdir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const app = spawn(process.execPath, [join(root, "bin/warifu.ts")], {
      env: { ...process.env, CDK_OUTDIR: outdir },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const errors: Buffer[] = [];
    app.stderr.on("data", (part: Buffer) => errors.push(part));
    app.on("error", reject);
    app.on("exit", (code) =>
      code === 0
        ? resolve()
        : reject(
            new Error(`The stack cannot be synthesized (exit code ${code}):\n${Buffer.concat(errors).toString()}`),
          ),
    );
  });
}

/** Builds and synthesizes only what changed since the last time, and reads the result. Throws with the builder's words. */
export async function synthesize(progress: (line: string) => void): Promise<Assembly> {
  const outdir = join(root, "cdk.out");
  const stamp = join(root, "build/.synthesized");
  const built = await build(root);
  if (built.fresh) progress("bundles");
  const digest = `${built.digest} ${digestOf(root, sources())}`;
  if (
    !existsSync(join(outdir, `${stack}.template.json`)) ||
    !existsSync(stamp) ||
    readFileSync(stamp, "utf8") !== digest
  ) {
    await synthesizeApp(outdir);
    mkdirSync(join(root, "build"), { recursive: true });
    replaceFile(stamp, digest);
    progress("template");
  }
  return readAssembly(outdir, stack);
}
