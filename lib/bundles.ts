import { join } from "node:path";
import type { Construct } from "constructs";

/** CDK context value that names another folder of bundles than the build's. */
export const bundlesContext = "warifu:bundles";

/** The folder with one bundle per entry, as the build leaves it. */
export function bundlesOf(scope: Construct): string {
  const given: unknown = scope.node.tryGetContext(bundlesContext);
  return typeof given === "string" ? given : join(import.meta.dirname, "../build/lambdas");
}
