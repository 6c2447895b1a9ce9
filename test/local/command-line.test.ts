import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const start = (...words: readonly string[]) =>
  spawnSync(process.execPath, ["bin/local.ts", ...words], { cwd: root, encoding: "utf8" });

describe("npm start", () => {
  it("prints its usage with --help and starts nothing", () => {
    const { status, stdout, stderr } = start("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const option of ["--port-base N", "--data DIR", "--empty"]) expect(stdout).toContain(option);
  });

  it.each([[["--prot-base", "1"]], [["--port-base", "80"]], [["--port-base", "x"]]])(
    "refuses %j with the reason and its usage",
    (words) => {
      const { status, stderr } = start(...words);
      expect(status).toBe(2);
      expect(stderr).toMatch(/^(Unknown option '--prot-base'|--port-base takes a number)/);
      expect(stderr).toContain("usage: npm start --");
    },
  );
});
