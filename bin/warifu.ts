import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, DefaultStackSynthesizer, type IStackSynthesizer } from "aws-cdk-lib";
import { withBuild } from "../lib/build/build.ts";
import { templateDigest, templateStamp } from "../lib/build/template.ts";
import { bundlesContext } from "../lib/bundles.ts";
import { WarifuStack } from "../lib/warifu-stack.ts";

const root = join(import.meta.dirname, "..");
const settings = JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")) as { context: Record<string, unknown> };

// Started by the CDK's command line or directly by the local run, with the same settings and output folder.
const app = new App({
  // The local run finds a function's bundle by this metadata, which the command line enables by itself.
  context: { ...settings.context, "aws:cdk:enable-asset-metadata": true },
  outdir: process.env["CDK_OUTDIR"] ?? join(root, "cdk.out"),
  analyticsReporting: false,
});
const stamp = join(app.outdir, templateStamp);
rmSync(stamp, { force: true });

if (app.node.tryGetContext(bundlesContext) !== undefined) {
  synthesize();
} else {
  try {
    await withBuild(root, ({ digest }) => {
      const made = templateDigest(digest);
      synthesize();
      writeFileSync(stamp, made);
      return Promise.resolve();
    });
  } catch (error) {
    // The message names the cause; the bundler's stack trace does not help.
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

function synthesize(): void {
  new WarifuStack(app, "Warifu", {
    description: "Managed client certificates",
    terminationProtection: true,
    // The command line checks the account's bootstrap version, so the template needs no parameter for it.
    synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
  });
  app.synth();
}
