import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, type IStackSynthesizer } from "aws-cdk-lib";
import { DefaultStackSynthesizer } from "aws-cdk-lib";
import { environments } from "../../lambdas/environment.ts";
import { bundlesContext } from "../../lib/bundles.ts";
import { WarifuStack } from "../../lib/warifu-stack.ts";

export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
};
export type Template = {
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
};

/** Files in the site publisher's bundle, path → content. */
export type Sites = Readonly<Record<string, string>>;

const { context } = JSON.parse(readFileSync(join(import.meta.dirname, "../../cdk.json"), "utf8")) as {
  context: Record<string, unknown>;
};

/** The template of the whole stack over bundles that do nothing; `validate` runs the CDK's own rules, as `cdk synth` does. */
export function synthesize({ sites = {}, validate = false }: { sites?: Sites; validate?: boolean } = {}): Template {
  const folder = mkdtempSync(join(tmpdir(), "warifu-stack-"));
  try {
    for (const entry of Object.keys(environments)) {
      mkdirSync(join(folder, "bundles", entry), { recursive: true });
      writeFileSync(join(folder, "bundles", entry, "index.mjs"), `export const handler = "${entry}";`);
    }
    for (const site of ["admin", "download"]) {
      mkdirSync(join(folder, "bundles/site-publisher/site", site), { recursive: true });
      writeFileSync(join(folder, "bundles/site-publisher/site", site, "manifest.json"), "[]");
    }
    for (const [path, content] of Object.entries(sites)) {
      writeFileSync(join(folder, "bundles/site-publisher/site", path), content);
    }
    const app = new App({
      context: { ...context, [bundlesContext]: join(folder, "bundles") },
      outdir: join(folder, "out"),
      analyticsReporting: false,
      builtinCloudFormationValidation: validate,
    });
    new WarifuStack(app, "Warifu", {
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer,
    });
    return app.synth().getStackByName("Warifu").template as Template;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The resources of a type, by logical id. */
export function resourcesOf(template: Template, type: string): [id: string, properties: Resource["Properties"]][] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => [id, resource.Properties]);
}

/** The logical id that a property refers to by Ref, Fn::GetAtt or inside a joined text. */
export function referenced(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) => {
    if (key === "Ref") return [String(inner)];
    if (key === "Fn::GetAtt") return [(inner as string[])[0] ?? ""];
    return referenced(inner);
  });
}
