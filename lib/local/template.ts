import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as z from "zod";

/** Any JSON value of a template. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Properties = Readonly<Record<string, Value>>;

const values = z.record(z.string(), z.json());
const shape = z.object({
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.union([z.string(), z.number()]).optional() }))
    .default({}),
  Mappings: values.default({}),
  Conditions: values.default({}),
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: values.default({}),
      DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
      Condition: z.string().optional(),
    }),
  ),
});

/** A CloudFormation template as synthesized; only the parts that define resources are read. */
export type Template = z.output<typeof shape>;
export type Resource = Template["Resources"][string];

/** A template and its assets: SHA-256 name of the asset → absolute path of its folder. */
export type Assembly = {
  readonly stack: string;
  readonly template: Template;
  readonly assets: ReadonlyMap<string, string>;
};

const manifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** Digest of a JSON value, independent of the order of members. */
export function digestOf(value: unknown): string {
  const sorted = (_: string, member: unknown): unknown =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member;
  return createHash("sha256").update(JSON.stringify(value, sorted)).digest("hex");
}

/** Reads `<stack>.template.json` and `<stack>.assets.json` of a synthesized assembly. Throws if they are missing or invalid. */
export function readAssembly(folder: string, stack: string): Assembly {
  const json = (name: string): unknown => JSON.parse(readFileSync(resolve(folder, name), "utf8"));
  const { files } = manifest.parse(json(`${stack}.assets.json`));
  const assets = new Map<string, string>();
  for (const { source, destinations } of Object.values(files)) {
    for (const { objectKey } of Object.values(destinations)) {
      if (source.path !== undefined) assets.set(objectKey, resolve(folder, source.path));
    }
  }
  return { stack, template: shape.parse(json(`${stack}.template.json`)), assets };
}

/** Validates a template made in memory. */
export function templateOf(source: unknown): Template {
  return shape.parse(source);
}
