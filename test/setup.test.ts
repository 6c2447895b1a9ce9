import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

type Package = { readonly dependencies: Readonly<Record<string, string>> };

/** Sets up a folder with package.json, changed, and the lock file, by an npm that installs nothing. */
function checked(change: (own: Package) => object) {
  const folder = mkdtempSync(join(tmpdir(), "warifu-lock-"));
  mkdirSync(join(folder, "bin"));
  for (const name of ["bin/setup.sh", "package-lock.json"]) copyFileSync(name, join(folder, name));
  const own = JSON.parse(readFileSync("package.json", "utf8")) as Package;
  writeFileSync(join(folder, "package.json"), JSON.stringify(change(own)));
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(join(folder, "bin/npm"), "#!/bin/sh\n", { mode: 0o755 });
  const env = { PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}` };
  const { status, stderr } = spawnSync("sh", [join(folder, "bin/setup.sh")], { encoding: "utf8", env });
  rmSync(folder, { recursive: true });
  return { status, stderr };
}

describe("installing packages", () => {
  it("goes on with the lock file that was made for package.json", () => {
    expect(checked((own) => own)).toEqual({ status: 0, stderr: "installing packages (package-lock.json)…\n" });
  });

  it("is refused where package.json names a version that the lock file does not have", () => {
    const { status, stderr } = checked((own) => ({
      ...own,
      dependencies: { ...own.dependencies, fflate: "0.8.2" },
    }));
    expect(status).toBe(1);
    expect(stderr).toBe(
      "package.json and package-lock.json differ in dependencies. Run npm install and commit both.\n",
    );
  });
});
