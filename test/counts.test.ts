import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const two = 'it("one", () => {}); it("two", () => {});';

/** The last line of `npm test` over files that hold this code, and its exit code. */
function lastLine(
  folder: string,
  files: Readonly<Record<string, string>>,
): readonly [string | undefined, number | null] {
  for (const [name, code] of Object.entries(files))
    writeFileSync(
      join(folder, `${name}.test.ts`),
      `import { afterAll, beforeAll, describe, expect, it } from "vitest";\n${code}\n`,
    );
  const { stdout, status } = spawnSync(process.execPath, [join(root, "test/run.ts"), "--root", folder], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, VITEST: "" },
  });
  return [stdout.trimEnd().split("\n").at(-1), status];
}

describe("the last line of npm test", () => {
  let folder: string;
  beforeEach(() => {
    // Below the root, so that the files find vitest.
    mkdirSync(join(root, "build"), { recursive: true });
    folder = mkdtempSync(join(root, "build/counts-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("counts what passed and what is skipped on purpose", () => {
    expect(lastLine(folder, { good: `${two} it.skip("three", () => {});` })).toEqual([
      "2 passed, 0 failed, 1 skipped",
      0,
    ]);
  });

  it("counts as failed what fails, and what could not run because a hook or a file failed", () => {
    const [line, status] = lastLine(folder, {
      good: two,
      hook: `beforeAll(() => { throw new Error("port"); }); ${two}`,
      group: `describe("a", () => { beforeAll(() => { throw new Error("port"); }); ${two} });`,
      load: `import "./missing.ts"; ${two}`,
      late: 'it("one", () => {}); afterAll(() => { throw new Error("late"); });',
      test: 'it("one", () => expect(1).toBe(2));',
    });
    // Two in `hook`, two in `group`, and one each in the others.
    expect([line, status]).toEqual(["3 passed, 7 failed, 0 skipped", 1]);
  });
});
