import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { type Entry, environments } from "../../../lambdas/environment.ts";
import { bundleFunctions } from "../../../lib/build/bundles.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const target = mkdtempSync(join(tmpdir(), "warifu-bundles-"));
afterAll(() => rmSync(target, { recursive: true }));
const { inputs, outputs } = await bundleFunctions(root, target);
const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
};

/** The package of a specifier or of what follows `node_modules/`. */
const packageOf = (path: string) =>
  path
    .split("/")
    .slice(0, path.startsWith("@") ? 2 : 1)
    .join("/");

/** The sources of which a function's bundle holds something. */
const sourcesOf = (entry: Entry): readonly string[] => {
  const [, output] = Object.entries(outputs).find(([path]) => path.endsWith(`/${entry}/index.mjs`)) ?? [];
  return Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
};

/** The packages of which a function's bundle holds something. */
const packagesOf = (entry: Entry): ReadonlySet<string> =>
  new Set(
    sourcesOf(entry).flatMap((path) => {
      const [, ...below] = path.split("node_modules/");
      return below.length === 0 ? [] : [packageOf(below.at(-1) ?? "")];
    }),
  );

/** The packages that our own sources in the bundles import. */
const imported = new Set(
  Object.entries(inputs).flatMap(([path, { imports }]) =>
    path.includes("node_modules/")
      ? []
      : imports.flatMap(({ original, path: to }) =>
          original !== undefined && to.includes("node_modules/") ? [packageOf(original)] : [],
        ),
  ),
);

/** The services of AWS that each function calls. */
const clients: Readonly<Record<Entry, readonly string[]>> = {
  "admin-api": ["dynamodb", "lambda", "s3", "sqs"],
  "download-api": ["dynamodb", "kms", "s3"],
  issuer: ["dynamodb", "kms", "sqs"],
  "administrators-issuer": ["dynamodb", "kms", "sqs"],
  "crl-publisher": ["dynamodb", "kms", "s3"],
  "administrators-crl-publisher": ["dynamodb", "kms", "s3"],
  mailer: ["dynamodb", "ses"],
  nightly: ["dynamodb", "s3", "sqs"],
  operator: ["dynamodb", "kms", "lambda", "s3", "sqs"],
  importer: ["dynamodb", "s3", "sqs"],
  "row-worker": ["dynamodb", "sqs"],
  packager: ["dynamodb", "kms", "s3", "sqs"],
  "package-links": ["dynamodb", "s3", "sqs"],
  bootstrap: ["dynamodb", "kms", "s3", "sqs"],
  "audit-exporter": ["dynamodb", "s3"],
  "site-publisher": ["s3"],
};

const entries = Object.keys(environments) as readonly Entry[];

describe("a function's bundle", () => {
  it.each(entries)("of %s holds the clients of the services that it calls, and no other", (entry) => {
    const held = [...packagesOf(entry)].flatMap((name) => /^@aws-sdk\/client-(.*)$/.exec(name)?.[1] ?? []);
    expect(held.toSorted()).toEqual(clients[entry]);
  });

  it.each(entries)("of %s holds nothing of the credential chain", (entry) => {
    const chain =
      /^@aws-sdk\/(credential-provider-(?!env$)|nested-clients|token-providers)|^@smithy\/credential-provider/;
    expect([...packagesOf(entry)].filter((name) => chain.test(name))).toEqual([]);
  });
});

describe("the dependencies of package.json", () => {
  it("are what the functions' own sources import, and nothing else", () => {
    expect(Object.keys(dependencies).toSorted()).toEqual([...imported].toSorted());
  });

  it("are each held by a bundle", () => {
    const held = new Set(entries.flatMap((entry) => [...packagesOf(entry)]));
    expect(Object.keys(dependencies).filter((name) => !held.has(name))).toEqual([]);
  });

  it("are named by exact versions", () => {
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
