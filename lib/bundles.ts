import { join } from "node:path";
import type { Construct } from "constructs";

/** Context value with another folder of bundles than the build's own. */
export const bundlesContext = "warifu:bundles";

/** The folder with one bundle per entry, as the build leaves it. */
export function bundlesOf(scope: Construct): string {
  const given: unknown = scope.node.tryGetContext(bundlesContext);
  return typeof given === "string" ? given : join(import.meta.dirname, "../build/lambdas");
}
