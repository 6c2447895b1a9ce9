/** `npm test`: all tests, and a last line that says how many passed, failed and were skipped. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "warifu-report-"));
const report = join(folder, "report.json");
const ran = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: "inherit" },
);

type Report = {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};
const result = JSON.parse(readFileSync(report, "utf8")) as Report;
rmSync(folder, { recursive: true });
const skipped = result.testResults.flatMap((file) =>
  file.assertionResults.filter(({ status }) => status === "pending" || status === "skipped"),
);
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
// A file that broke before its first test counts as a failure of its own.
const broken = result.testResults.filter(
  ({ status, assertionResults }) =>
    status === "failed" && !assertionResults.some((assertion) => assertion.status === "failed"),
).length;
const failed = result.numFailedTests + broken;
const ok = ran.status === 0 && result.success && failed === 0;
console.log(`${result.numPassedTests} passed, ${ok ? 0 : Math.max(failed, 1)} failed, ${skipped.length} skipped`);
process.exitCode = ok ? 0 : 1;
