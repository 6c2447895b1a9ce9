import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AccessLogFormat, CfnAccount, LogGroupLogDestination, type StageOptions } from "aws-cdk-lib/aws-apigateway";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

/**
 * One line per request. No query, header or body: the sites have no secret in a path (links' tokens are in fragments and
 * bodies), and a path's parameters are ids.
 */
const format = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  sourceIp: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  path: "$context.path",
  status: "$context.status",
  responseLength: "$context.responseLength",
  clientCertSerial: "$context.identity.clientCert.serialNumber",
} as const;

/** Access logs of the APIs, and the right of API Gateway to write them, which an account gives once for its region. */
export class AccessLogs extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("apigateway.amazonaws.com") });
    // What AWS's own policy for it allows, but for reading what is written.
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogGroups",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        resources: [Stack.of(this).formatArn({ service: "logs", resource: "*" })],
      }),
    );
    const account = new CfnAccount(this, "Account", { cloudWatchRoleArn: role.roleArn });
    // Other APIs of the account may write by it after this stack is gone.
    account.applyRemovalPolicy(RemovalPolicy.RETAIN);
    account.node.addDependency(role);
  }

  /** What a stage needs to write its own. */
  of(scope: Construct): Pick<StageOptions, "accessLogDestination" | "accessLogFormat"> {
    const group = new LogGroup(scope, "AccessLog", {
      retention: RetentionDays.SIX_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return {
      accessLogDestination: new LogGroupLogDestination(group),
      accessLogFormat: AccessLogFormat.custom(JSON.stringify(format)),
    };
  }
}
