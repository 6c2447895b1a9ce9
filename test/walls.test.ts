import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { floors, rooms, walls } from "../oxlint.config.ts";

const root = join(import.meta.dirname, "..");
type Wall = keyof typeof walls;

/** An import that each wall forbids: in which file, of what. */
const forbidden: Readonly<Record<Wall, readonly [file: string, specifier: string]>> = {
  test: ["lambdas/imports/a.ts", "../../test/person.ts"],
  absolute: ["lib/a.ts", "/tmp/a.ts"],
  sdk: ["lambdas/registry/a.ts", "@aws-sdk/client-s3"],
  cdk: ["lib/local/a.ts", "aws-cdk-lib/aws-s3"],
  web: ["lambdas/http/a.ts", "../../web/admin/words.ts"],
  classic: ["lambdas/admin/a.ts", "zod"],
  node: ["web/admin/a.ts", "node:fs"],
  stack: ["lambdas/issuance/a.ts", "../../lib/tables.ts"],
  local: ["lib/operator/a.ts", "../local/run.ts"],
  services: ["bin/a.ts", "../lib/local/aws/child.ts"],
  outside: ["lib/local/aws/a.ts", "../state.ts"],
  outsideFolder: ["lib/local/aws/s3/a.ts", "../../state.ts"],
  contract: ["web/admin/a.ts", "../../lambdas/registry/tenant.ts"],
  shared: ["lambdas/imports/files/a.ts", "../../registry/tenant.ts"],
  settings: ["lib/a.ts", "../lambdas/registry/tenant.ts"],
  answers: ["lib/operator/a.ts", "../../lambdas/operator/tenants.ts"],
  entries: ["lambdas/imports/files/a.ts", "../../importer.ts"],
  environment: ["lambdas/notices/a.ts", "../environment.ts"],
  aws: ["lambdas/admin/a.ts", "../aws/items.ts"],
  http: ["lambdas/imports/a.ts", "../http/serve.ts"],
  pki: ["lambdas/http/a.ts", "../pki/crl.ts"],
  above: ["lambdas/contract/a.ts", "../refusal.ts"],
  impure: ["lambdas/pki/a.ts", "zod"],
  impureLints: ["lambdas/pki/lints/a.ts", "../../refusal.ts"],
};

/** For each folder on a floor: every other folder of its own floor and of those above. */
const upwards = floors.flatMap((floor, at) =>
  floor.flatMap((folder) =>
    floors
      .slice(0, at + 1)
      .flat()
      .filter((other) => other !== folder)
      .map((other) => [folder, other] as const),
  ),
);
const downwards = floors.flatMap((floor, at) =>
  floor.flatMap((folder) => (floors[at + 1] ?? []).map((other) => [folder, other] as const)),
);
const report = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string(), help: z.string().optional() })),
});
const folder = mkdtempSync(join(tmpdir(), "warifu-walls-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The messages of the walls that the lint finds, by file; each file has one import. */
function lint(files: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  for (const [file, specifier] of files) {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), `import { a } from "${specifier}";\nconsole.log(a);\n`);
  }
  writeFileSync(join(folder, "oxlint.config.ts"), `export { default } from "${join(root, "oxlint.config.ts")}";\n`);
  const { stdout } = spawnSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "-f", "json"], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  const found = new Map<string, string[]>();
  for (const { code, filename, help = "" } of report.parse(JSON.parse(stdout)).diagnostics) {
    if (code.includes("no-restricted-imports")) found.set(filename, [...(found.get(filename) ?? []), help]);
  }
  return found;
}

/** Every import of this test in a file of its own, linted together: starting the lint takes most of its time. */
const files = new Map<string, string>();
const place = (file: string, specifier: string): string => {
  const own = file.replace(/a\.ts$/, `a${files.size}.ts`);
  files.set(own, specifier);
  return own;
};
const pushed = Object.entries(forbidden).map(([wall, [file, specifier]]) => ({
  wall: wall as Wall,
  file: place(file, specifier),
}));
const raised = upwards.map(([from, to]) => ({ from, to, file: place(`lambdas/${from}/a.ts`, `../${to}/b.ts`) }));
// aws and http have walls of their own: each is known to one floor only.
const lowered = downwards
  .filter(([, to]) => to !== "aws" && to !== "http")
  .map(([from, to]) => ({ from, to, file: place(`lambdas/${from}/a.ts`, `../${to}/b.ts`) }));
const allowed = [
  ["lambdas/a.ts", "./environment.ts"],
  ["lambdas/aws/a.ts", "@aws-sdk/client-s3"],
  ["lambdas/admin/a.ts", "../http/serve.ts"],
  ["lambdas/pki/lints/a.ts", "../lint.ts"],
  ["lambdas/contract/a.ts", "./fields.ts"],
  ["lib/a.ts", "../lambdas/contract/admin.ts"],
  ["lib/local/a.ts", "./aws/child.ts"],
  ["lib/local/aws/s3/a.ts", "../http.ts"],
  ["bin/a.ts", "../lib/local/run.ts"],
  ["web/admin/a.ts", "../../lambdas/contract/admin.ts"],
  ["web/admin/a.ts", "../../lambdas/imports/files/read-file.ts"],
  ["web/admin/a.ts", "../../lambdas/registration/rules.ts"],
  ["lambdas/imports/files/a.ts", "../../contract/fields.ts"],
  ["lambdas/imports/files/a.ts", "../../registration/rules.ts"],
  ["test/local/a.ts", "../../lib/local/aws/server.ts"],
].map(([file = "", specifier = ""]) => ({ specifier, file: place(file, specifier) }));
const found = lint(files);

describe("the walls of oxlint.config.ts", () => {
  it.each(pushed)("hold: $wall", ({ wall, file }) => {
    expect(found.get(file)).toContain(walls[wall].message);
  });

  it.each(allowed)("have a door: $file may import $specifier", ({ file }) => {
    expect(found.get(file)).toBeUndefined();
  });

  it("name each folder of lambdas/ in a room", () => {
    const folders = readdirSync(join(root, "lambdas"), { withFileTypes: true }).filter((one) => one.isDirectory());
    const named = rooms.map(([room]) => room);
    expect(folders.map(({ name }) => `lambdas/${name}/**`).filter((room) => !named.includes(room))).toEqual([]);
  });
});

describe("the floors of lambdas/", () => {
  it.each(raised)("$from does not import from $to, which is not below it", ({ from, to, file }) => {
    expect(found.get(file)).toContain(`${to} is not below ${from} (floors in oxlint.config.ts).`);
  });

  it.each(lowered)("$from imports from $to", ({ file }) => {
    expect(found.get(file)).toBeUndefined();
  });

  it("hold each folder, but for contract and pki, which everything stands on", () => {
    const folders = readdirSync(join(root, "lambdas"), { withFileTypes: true }).filter((one) => one.isDirectory());
    const placed = [...floors.flat(), "contract", "pki"];
    expect(placed.toSorted()).toEqual(folders.map(({ name }) => name).toSorted());
  });
});
