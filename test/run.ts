/** `npm test`: all tests, and a last line that says how many passed, failed and were skipped. */
import { parseCLI, startVitest } from "vitest/node";
import { countsOf, type Counts } from "./counts.ts";

const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
let counts: Counts = { passed: 0, failed: 0, skipped: [] };
let broken = 0;

const vitest = await startVitest("test", filter, {
  ...options,
  watch: false,
  reporters: [
    "default",
    {
      onTestRunEnd: (modules, errors) => {
        counts = countsOf(modules);
        broken = errors.length;
      },
    },
  ],
});
await vitest.close();

for (const name of counts.skipped) console.log(`skipped: ${name}`);
// What fails outside of any file, such as the start of the product for the system tests, leaves an exit code.
const failed = Math.max(counts.failed + broken, process.exitCode ? 1 : 0);
console.log(`${counts.passed} passed, ${failed} failed, ${counts.skipped.length} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
