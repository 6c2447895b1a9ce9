/** The operator command against the product that runs for all system tests. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endpoints } from "./system.ts";

/** A folder that says where the running product is. */
export function dataFolder(): string {
  const data = mkdtempSync(join(tmpdir(), "warifu-operator-"));
  writeFileSync(join(data, "endpoints.json"), JSON.stringify(endpoints), { mode: 0o600 });
  return data;
}

/** The command as an operator types it, against the running product. */
export function typed(...words: string[]) {
  const data = dataFolder();
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/operator.ts", ...words, "--data", data], {
    encoding: "utf8",
  });
  rmSync(data, { recursive: true });
  return { status, stdout, stderr };
}
