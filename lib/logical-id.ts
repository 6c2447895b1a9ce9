import { CfnElement } from "aws-cdk-lib";
import type { Construct } from "constructs";

/**
 * Fixes a resource's logical id. Operators, the local run and the tests refer to the resource by
 * it, and a changed id of a retained resource would create a second, empty one.
 */
export function withLogicalId<T extends Construct>(resource: T, logicalId: string): T {
  const element = resource.node.defaultChild ?? resource;
  if (!CfnElement.isCfnElement(element)) throw new Error(`${resource.node.path} is no single CloudFormation resource`);
  element.overrideLogicalId(logicalId);
  return resource;
}
