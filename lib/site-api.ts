import { Duration } from "aws-cdk-lib";
import {
  AuthorizationType,
  AwsIntegration,
  ContentHandling,
  EndpointType,
  LambdaIntegration,
  RestApi,
  type IntegrationResponse,
  type MethodOptions,
} from "aws-cdk-lib/aws-apigateway";
import { ComparisonOperator, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { errorPage, missingWords } from "../lambdas/contract/error-page.ts";
import type { Routes } from "../lambdas/contract/route.ts";
import type { AccessLogs } from "./access-logs.ts";
import type { Alarms } from "./alarms.ts";
import { siteMediaTypes } from "./build/media-types.ts";
import { type GatewayAnswer, unavailableWords } from "./gateway-pages.ts";
import type { Handler } from "./handler.ts";
import { withLogicalId } from "./logical-id.ts";

/** Where each API describes itself, beside the routes of the contract. */
const descriptionPath = "/api/openapi.json";

const fixedHeaders = {
  "Strict-Transport-Security": "'max-age=63072000'",
  "X-Content-Type-Options": "'nosniff'",
  "Referrer-Policy": "'no-referrer'",
  "X-Frame-Options": "'DENY'",
  // No other site's page may load what is here, or keep a hold of a window that shows it.
  "Cross-Origin-Resource-Policy": "'same-origin'",
  "Cross-Origin-Opener-Policy": "'same-origin'",
};
/** The site's files are stored with the headers that differ from file to file. */
const storedHeaders = {
  "Content-Type": "integration.response.header.Content-Type",
  "Content-Encoding": "integration.response.header.Content-Encoding",
  "Cache-Control": "integration.response.header.Cache-Control",
  "Content-Security-Policy": "integration.response.header.x-amz-meta-csp",
};
const errorHeaders = { ...fixedHeaders, "Content-Type": "'text/html; charset=utf-8'", "Cache-Control": "'no-store'" };

export type SiteApiProps = {
  readonly logicalId: string;
  readonly routes: Routes;
  /** Answers every route; one permission, however many there are. */
  readonly handler: Handler;
  /** Holds index.html and assets/…, put there by the site publisher. */
  readonly site: IBucket;
  /** Paths that show the page, `/` for one. */
  readonly pages: readonly string[];
  /** What API Gateway answers by itself. */
  readonly answers: readonly GatewayAnswer[];
  readonly alarms: Alarms;
  readonly accessLogs: AccessLogs;
  /** Who is hurt when it answers 5xx. */
  readonly consequence: string;
};

/** A site and its API under one origin: pages from a bucket, everything else from one function. */
export class SiteApi extends Construct {
  readonly api: RestApi;

  constructor(scope: Construct, id: string, props: SiteApiProps) {
    super(scope, id);
    const logged = props.accessLogs.of(this);
    this.api = withLogicalId(
      new RestApi(this, "Api", {
        restApiName: props.logicalId,
        endpointTypes: [EndpointType.REGIONAL],
        disableExecuteApiEndpoint: true,
        // Only what the bucket holds compressed; a function's JSON stays text on its way.
        binaryMediaTypes: [...siteMediaTypes],
        deployOptions: {
          stageName: "live",
          metricsEnabled: true,
          throttlingRateLimit: 200,
          throttlingBurstLimit: 400,
          ...logged,
        },
        cloudWatchRole: false,
      }),
      props.logicalId,
    );
    this.api.deploymentStage.node.addDependency(props.accessLogs);
    // An output with an address that is switched off.
    this.api.node.tryRemoveChild("Endpoint");
    this.answer(props.answers);
    const integration = new LambdaIntegration(props.handler.function, {
      scopePermissionToMethod: false,
      timeout: Duration.seconds(29),
    });
    const described = { method: "GET", path: descriptionPath };
    for (const { method, path } of [...Object.values(props.routes), described]) {
      this.api.root.resourceForPath(path).addMethod(method, integration, { authorizationType: AuthorizationType.NONE });
    }
    // What does not exist is answered by the function, too: to programs by a problem, to people by a page.
    this.api.root.resourceForPath("/{path+}").addMethod("ANY", integration, {
      authorizationType: AuthorizationType.NONE,
    });
    this.serve(props);
    props.alarms.add(`${props.logicalId}FailuresAlarm`, {
      metric: this.api.metricServerError({ period: Duration.minutes(5), statistic: "Sum" }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: props.consequence,
    });
  }

  /**
   * Who asks for HTML, as browsers do, gets a page, everybody else a problem: API Gateway chooses the template by Accept.
   * The Content-Type is fixed for both, and a page that a browser takes for JSON is worse than a problem called HTML.
   */
  private answer(answers: readonly GatewayAnswer[]): void {
    for (const { type, status, words } of answers) {
      this.api.addGatewayResponse(type.responseType, {
        type,
        ...(status === undefined ? {} : { statusCode: status }),
        responseHeaders: errorHeaders,
        templates: {
          "application/json": JSON.stringify({ type: "about:blank", title: words.en.title }),
          "text/html": errorPage(words),
        },
      });
    }
  }

  /** HEAD as GET without the body: scanners ask so for the links of a mail (RFC 9110 §9.3.2). */
  private serve({ site, pages }: SiteApiProps): void {
    const reader = new Role(this, "SiteReader", { assumedBy: new ServicePrincipal("apigateway.amazonaws.com") });
    reader.addToPolicy(new PolicyStatement({ actions: ["s3:GetObject"], resources: [site.arnForObjects("*")] }));
    for (const method of ["GET", "HEAD"] as const) {
      const stored = (object: string) => fileOf({ site, object, method, reader });
      for (const page of pages) {
        this.api.root.resourceForPath(page).addMethod(method, stored("index.html"), fromBucket());
      }
      this.api.root.resourceForPath("/assets/{key+}").addMethod(method, stored("assets/{key}"), fromBucket("key"));
    }
  }
}

const mapped = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, value]));
const declared = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(headers).map((name) => [`method.response.header.${name}`, true]));

function failure(statusCode: string, selectionPattern: string, body: string): IntegrationResponse {
  return {
    statusCode,
    selectionPattern,
    responseParameters: mapped(errorHeaders),
    responseTemplates: { "application/json": body, "application/xml": body },
    // text/html is one of the API's binary types: asked for it, API Gateway would decode the text as base64.
    contentHandling: ContentHandling.CONVERT_TO_TEXT,
  };
}

type StoredFile = {
  readonly site: IBucket;
  readonly object: string;
  readonly method: "GET" | "HEAD";
  readonly reader: Role;
};

function fileOf({ site, object, method, reader }: StoredFile): AwsIntegration {
  return new AwsIntegration({
    service: "s3",
    path: `${site.bucketName}/${object}`,
    integrationHttpMethod: method,
    options: {
      credentialsRole: reader,
      ...(object.includes("{key}")
        ? { requestParameters: { "integration.request.path.key": "method.request.path.key" } }
        : {}),
      integrationResponses: [
        {
          statusCode: "200",
          responseParameters: mapped({ ...fixedHeaders, ...storedHeaders }),
          contentHandling: ContentHandling.CONVERT_TO_BINARY,
        },
        // S3 answers 403 about an object that does not exist to a reader without s3:ListBucket.
        failure("404", "4\\d{2}", errorPage(missingWords)),
        failure("502", "5\\d{2}", errorPage(unavailableWords)),
      ],
    },
  });
}

function fromBucket(parameter?: string): MethodOptions {
  return {
    authorizationType: AuthorizationType.NONE,
    ...(parameter === undefined ? {} : { requestParameters: { [`method.request.path.${parameter}`]: true } }),
    methodResponses: [
      { statusCode: "200", responseParameters: declared({ ...fixedHeaders, ...storedHeaders }) },
      { statusCode: "404", responseParameters: declared(errorHeaders) },
      { statusCode: "502", responseParameters: declared(errorHeaders) },
    ],
  };
}
