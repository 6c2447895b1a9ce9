import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, type Metafile } from "esbuild";
import { environments } from "../../lambdas/environment.ts";

const entries = Object.keys(environments);

/** Libraries inside the bundles that are CommonJS call `require` for Node's own modules. */
const banner = `import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);`;

/**
 * Bundles every deployed function into `<target>/<entry>/index.mjs`, the AWS SDK included, so that
 * what runs is what the lock file says. Source maps lie beside it and are not deployed. Returns what went into each.
 */
export async function bundleFunctions(root: string, target: string): Promise<Metafile> {
  const missing = entries.filter((entry) => !existsSync(join(root, `lambdas/${entry}.ts`)));
  if (missing.length > 0) {
    throw new Error(
      `lambdas/environment.ts names functions without a file: ${missing.map((entry) => `lambdas/${entry}.ts`).join(", ")}`,
    );
  }
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(entries.map((entry) => [`${entry}/index`, `lambdas/${entry}.ts`])),
    outdir: target,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    alias: { "@aws-sdk/credential-provider-node": join(root, "lambdas/aws/environment-credentials.ts") },
    minify: true,
    sourcemap: "external",
    legalComments: "none",
    charset: "utf8",
    banner: { js: banner },
    logLevel: "silent",
    metafile: true,
  });
  return metafile;
}
