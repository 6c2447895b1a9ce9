import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { sweepAssets, useAssets } from "../../lib/local/assets.ts";
import { temporaryFolder } from "./assembly.ts";

function place(...names: readonly string[]) {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const assembly = join(folder.path, "cdk.out");
  for (const name of names) mkdirSync(join(assembly, `asset.${name}`, "inside"), { recursive: true });
  writeFileSync(join(assembly, "Warifu.template.json"), "{}");
  const path = (name: string) => join(assembly, `asset.${name}`);
  const uses = join(folder.path, "uses");
  return { assembly, uses, path, left: () => readdirSync(assembly).toSorted() };
}
const hours = (count: number): number => Date.now() + count * 3_600_000;

describe("sweeping an assembly", () => {
  it("removes what neither the current template nor a running process names", () => {
    const { assembly, uses, path, left } = place("current", "running", "old");
    const use = useAssets(uses, [path("running")]);
    sweepAssets(assembly, [path("current")], uses, hours(2));
    expect(left()).toEqual(["Warifu.template.json", "asset.current", "asset.running"]);
    use.release();
    sweepAssets(assembly, [path("current")], uses, hours(2));
    expect(left()).toEqual(["Warifu.template.json", "asset.current"]);
  });

  it("keeps for an hour what somebody may be deploying", () => {
    const { assembly, uses, left } = place("young");
    sweepAssets(assembly, [], uses);
    expect(left()).toContain("asset.young");
  });

  it("does not count what was noted by a process that was killed", async () => {
    const { assembly, uses, path, left } = place("left");
    useAssets(uses, [path("left")]);
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const [own = ""] = readdirSync(uses);
    renameSync(join(uses, own), join(uses, `${other.pid}-other.json`));
    sweepAssets(assembly, [], uses, hours(2));
    expect(left()).toContain("asset.left");
    other.kill("SIGKILL");
    await once(other, "exit");
    sweepAssets(assembly, [], uses, hours(2));
    expect(left()).not.toContain("asset.left");
    expect(readdirSync(uses)).toEqual([]);
  });
});
