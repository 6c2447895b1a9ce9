import type { TestCase, TestModule } from "vitest/node";

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: readonly string[] };

/** A test that was to run and did not, because a hook before it failed. */
const isPrevented = (test: TestCase): boolean => test.result().state === "skipped" && test.options.mode === "run";

/**
 * Counts what ran. Tests that a failed hook prevented count as failed; a file that fails without a failed test (it does not
 * load, or a hook after its tests fails) counts as one. `skipped` are the full names of the others.
 */
export function countsOf(modules: readonly TestModule[]): Counts {
  let [passed, failed] = [0, 0];
  const skipped: string[] = [];
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === "passed") passed += 1;
      else if (state === "failed" || (isPrevented(test) && !module.ok())) failedHere += 1;
      else skipped.push(test.fullName);
    }
    failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
  }
  return { passed, failed, skipped };
}
