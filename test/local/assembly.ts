import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Assembly, Template } from "../../lib/local/template.ts";
import { templateOf } from "../../lib/local/template.ts";

/** A folder of its own under the system's temporary one, gone with `Symbol.dispose`. */
export function temporaryFolder(): { readonly path: string; [Symbol.dispose](): void } {
  const path = mkdtempSync(join(tmpdir(), "runner-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** An assembly with a template of one's own; `bundles`: name → source of index.mjs, whose asset key is `<name>.zip`. */
export function assemblyOf(
  folder: string,
  resources: object,
  bundles: Readonly<Record<string, string>> = {},
  rest: object = {},
): Assembly {
  const assets = new Map<string, string>();
  for (const [name, source] of Object.entries(bundles)) {
    const path = join(folder, "bundles", name);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, "index.mjs"), source);
    assets.set(`${name}.zip`, path);
  }
  const template: Template = templateOf({ Resources: { ...anything, ...resources }, ...rest });
  return { stack: "Test", template, assets };
}

/** A role that may do everything, for functions whose rights are not what is tested. */
const anything = {
  AnyRole: { Type: "AWS::IAM::Role", Properties: {} },
  AnyPolicy: {
    Type: "AWS::IAM::Policy",
    Properties: {
      Roles: [{ Ref: "AnyRole" }],
      PolicyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
    },
  },
};

/** A function resource for the bundle of that name. */
export const functionOf = (bundle: string, properties: object = {}) => ({
  Type: "AWS::Lambda::Function",
  DependsOn: ["AnyPolicy"],
  Properties: {
    Code: { S3Bucket: "assets", S3Key: `${bundle}.zip` },
    Handler: "index.handler",
    Runtime: "nodejs24.x",
    Role: attribute("AnyRole", "Arn"),
    ...properties,
  },
});

export const ref = (name: string) => ({ Ref: name });
export const attribute = (name: string, of: string) => ({ "Fn::GetAtt": [name, of] });

/** Where a bundle of one's own, which lies outside the product, imports a package from. */
export const resolveModule = (name: string): string => pathToFileURL(createRequire(import.meta.url).resolve(name)).href;
