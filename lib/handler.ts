import { join } from "node:path";
import { RemovalPolicy, type Duration } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function, LoggingFormat, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { Entry } from "../lambdas/environment.ts";
import { bundlesOf } from "./bundles.ts";
import { withLogicalId } from "./logical-id.ts";
import type { Need, Needs } from "./needs.ts";

export type HandlerProps<E extends Entry> = {
  /** The bundle: `lambdas/<entry>.ts`. */
  readonly entry: E;
  readonly timeout: Duration;
  /** MB. Lambda gives processor time in proportion: 1769 MB is one processor. */
  readonly memory: number;
  readonly needs: Needs<E>;
  /** Only for a function that is called by name from outside the stack. */
  readonly functionName?: string;
};

/** One deployed function: its code, its log, and a role that may do what its needs say and nothing else. */
export class Handler<E extends Entry = Entry> extends Construct {
  readonly function: Function;
  readonly timeout: Duration;
  readonly log: LogGroup;

  /** `id` is the function's logical id. */
  constructor(scope: Construct, id: string, props: HandlerProps<E>) {
    super(scope, id);
    this.log = new LogGroup(this, "Log", {
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    this.log.grantWrite(role);
    const needs = Object.entries<Need | string>(props.needs);
    for (const [, need] of needs) {
      if (typeof need === "string") continue;
      for (const { actions, resources, conditions } of need.rights) {
        const statement = { actions: [...actions], resources: [...resources] };
        role.addToPolicy(new PolicyStatement(conditions === undefined ? statement : { ...statement, conditions }));
      }
    }
    this.function = new Function(this, "Function", {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(join(bundlesOf(this), props.entry), { exclude: ["*.map"] }),
      timeout: props.timeout,
      memorySize: props.memory,
      environment: Object.fromEntries(
        needs.map(([name, need]) => [name, typeof need === "string" ? need : need.value]),
      ),
      role,
      logGroup: this.log,
      loggingFormat: LoggingFormat.JSON,
      ...(props.functionName === undefined ? {} : { functionName: props.functionName }),
    });
    withLogicalId(this.function, id);
    this.timeout = props.timeout;
  }
}
